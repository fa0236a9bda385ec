### The survey's own interface: frame, buttons, progress, errors, review

## The frame of every page
frame-title = Värmdö municipality
frame-skip = Skip to the content
frame-owner = Värmdö municipality, the Safety Council
frame-simulated = Exercise: the answers in this dialogue are made up.
frame-languages = Languages
frame-about = About this website
frame-support = Support and help
frame-privacy = How we handle your answers
frame-new-tab = The links open in a new tab.
frame-accessibility = Accessibility
exit-button = Leave this page quickly
exit-prefix = Emergency:
exit-help = Press the button or press Shift three times. The page is replaced by a weather site at once. Your browser history is not erased.

## The survey's screens
survey-title = Survey – Värmdö municipality
survey-heading = Survey
survey-start = Start
survey-next = Next
survey-back = Back
survey-part = Part { $number } of { $parts }
survey-required = This question needs an answer.
survey-choose = Choose from the list
survey-place = Place { $number }
survey-write = Write here
survey-long = At most { $max } characters.
survey-too-many = You have chosen more than { $max }. Remove one of your choices.
survey-too-long = The text is longer than { $max } characters. Shorten it.
survey-alone = “{ $option }” can’t be chosen together with others.
survey-other = Other
survey-areas = Write one of the areas:
survey-areas-again = Write one of the areas listed under “{ $question }”
survey-unreviewed = This translation has not been reviewed yet. The Swedish text applies.

## Parts and questions that depend on earlier answers
survey-not-relevant = This part does not concern you, going by your answers. Go on with the button below.
survey-if = If { $what }:
survey-if-options = you answered { $options } to “{ $question }”
survey-if-not-options = you did not answer { $options } to “{ $question }”
survey-if-some = you chose something at “{ $question }”
survey-if-many = you chose at least { $count } at “{ $question }”
survey-if-added = you want to tell us about another place
survey-and = { $first } and { $second }
survey-and-also = { $first }, and { $second }
survey-or = { $first } or { $second }
survey-quoted = “{ $text }”

## Screen-out
survey-out-title = This survey is for others
survey-out-support = Are you under 18 and want to talk to someone? Call Bris, the children's helpline, on 116 111.
survey-out-change = Change the answer

## Review
survey-review = Check your answers
survey-review-lead = Nothing has been sent yet. Only what you answered is shown here. You can change it before you send.
survey-review-long = The whole survey is on this page. When you have answered, check your answers.
survey-not-answered = Not answered
survey-needs-answer = Needs an answer before you can send
survey-change = Change: { $part }
survey-show = Show the answers in “{ $part }”
survey-final = We can't find, change or delete your answers once sent.
survey-send = Send the answers

## Errors and notices
survey-faults = { $count ->
    [one] There is 1 thing to correct
   *[other] There are { $count } things to correct
}
survey-fault = Error:
survey-fault-missing = Answer the question “{ $question }”
survey-fault-too-many = Choose at most { $max } at the question “{ $question }”
survey-fault-too-long = Write at most { $max } characters at the question “{ $question }”
survey-notice-kept-title = The answers could not be received just now
survey-notice-kept = Your answers are still here on the page. Wait a moment and send again.
survey-offline = No connection. Your answers are still here on the page. Try again when you have coverage.
survey-sending = Sending
