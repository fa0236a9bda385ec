### The dialogue on paper: questionnaire, poster, cards

paper-until = Svara senast den { $date }.
paper-page = Sida { $page } av { $pages }
paper-case = Diarienummer { $case }
paper-qr = QR-kod som leder till { $address }

## How to fill it in
paper-how-title = Så fyller du i
paper-how-shapes = Sätt ett kryss i rutan. Är rutorna runda väljer du ett svar. Är de fyrkantiga kan du välja flera.
paper-how-skip = Vid en del frågor står vem som ska svara på dem. Hoppa över de andra.
paper-how-write = Skriv tydligt. Skriv inte ditt namn på papperet.
paper-how-codes = De små siffrorna vid rutorna behöver du inte bry dig om. De används när personal på kommunen för in svaren.
paper-one = Välj ett svar.
paper-many = Du kan välja flera svar.
paper-max = Välj högst { $max } svar.
paper-write = Skriv här:
paper-number = Skriv numret ur listan vid fråga { $question }.
paper-number-chosen = Skriv numret på ett av dina svar på fråga { $question }.
paper-numbers = Skriv högst { $max } nummer ur listan vid fråga { $question }.
paper-stop = Då är enkäten inte till för dig. Du behöver inte svara på fler frågor.

## Routing
paper-if = Svara bara om { $what }.
paper-if-options = du svarade { $options } på fråga { $question }
paper-if-not-options = du inte svarade { $options } på fråga { $question }
paper-if-some = du valde något på fråga { $question }
paper-if-many = du valde minst { $count } svar på fråga { $question }

## Handing in
paper-hand-in-title = Så lämnar du in
paper-hand-in = Lämna enkäten här: { $place }
paper-hand-in-here = Lämna enkäten där du fick den.
paper-web = Du kan svara på webben i stället: { $address }
paper-privacy = Läs om hur vi hanterar svaren: { $address }
paper-thanks = Tack för dina svar

## Poster and cards
paper-scan = Rikta telefonens kamera mot rutan, eller skriv adressen i webbläsaren.
paper-promise = Enkäten är anonym och frivillig. Den tar cirka { $minutes } minuter.
paper-card-title = Medborgardialog
paper-card-what = Svara på en enkät från kommunen. Den är anonym och tar cirka { $minutes } minuter.
