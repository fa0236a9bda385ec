### The dialogue on paper: questionnaire, poster, cards

paper-until = Answer by { $date }.
paper-page = Page { $page } of { $pages }
paper-case = Case number { $case }
paper-qr = QR code that leads to { $address }

## How to fill it in
paper-how-title = How to fill it in
paper-how-shapes = Put a cross in the box. Where the boxes are round, choose one answer. Where they are square, you may choose several.
paper-how-skip = Some questions say who is to answer them. Pass over the others.
paper-how-write = Write clearly. Do not write your name on the paper.
paper-how-codes = You need not mind the small figures beside the boxes. They are used when municipal staff enter the answers.
paper-one = Choose one answer.
paper-many = You may choose several answers.
paper-max = Choose up to { $max } answers.
paper-write = Write here:
paper-number = Write the number from the list at question { $question }.
paper-number-chosen = Write the number of one of your answers to question { $question }.
paper-numbers = Write up to { $max } numbers from the list at question { $question }.
paper-stop = Then this survey is not for you. You need not answer any more questions.

## Routing
paper-if = Answer only if { $what }.
paper-if-options = you answered { $options } to question { $question }
paper-if-not-options = you did not answer { $options } to question { $question }
paper-if-some = you chose something at question { $question }
paper-if-many = you chose at least { $count } answers at question { $question }

## Handing in
paper-hand-in-title = How to hand it in
paper-hand-in = Hand the survey in here: { $place }
paper-hand-in-here = Hand the survey in where you got it.
paper-web = You can answer on the web instead: { $address }
paper-privacy = Read about how we handle the answers: { $address }
paper-thanks = Thank you for your answers

## Poster and cards
paper-scan = Point your phone's camera at the square, or type the address into a browser.
paper-promise = The survey is anonymous and voluntary. It takes about { $minutes } minutes.
paper-card-title = Citizen dialogue
paper-card-what = Answer a survey from the municipality. It is anonymous and takes about { $minutes } minutes.
