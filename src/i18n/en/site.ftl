### Pages around the survey

language-own-name = English
date-long = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }

home-title = Citizen dialogue on safety
home-lead = The Safety Council of Värmdö municipality wants to know what makes people feel safe or unsafe outdoors.
home-open = Open surveys
home-none = No survey is open right now.
home-none-next = The next survey will be found here when it opens. Until then you can send your views to the municipality.
home-answer = Answer the survey
home-for = Who can answer: { $who }
home-more = More about the dialogue
home-focus-groups = About the focus groups
home-results = Results

thanks-title = Thank you
thanks-general = This page is shown when someone has sent a survey.
thanks-close = When it is closed, nobody can go back in it.
thanks-focus-groups = Read about the focus groups

closed-title = The survey is closed
closed-text = The survey can no longer be answered.
paused-title = The survey is paused
paused-text = You can’t answer the survey just now. Please come back later.
not-taken-saved = Nothing that you wrote has been saved.
closed-next = Read about the results

simulated-title = The dialogue is simulated
simulated-text = This dialogue is an exercise with invented answers, so it does not take any from you.

focus-title = Focus groups
focus-what = After the survey, the Safety Council invites people to talk in small groups. We want to understand the causes better.
focus-how = A group is six to eight people. A talk takes about 90 minutes and is led by a moderator.
focus-apart = You sign up on a form of its own. It can't be linked to the answers in the survey.
focus-not-open = Sign-up has not opened yet. When it opens you sign up on this page.

results-title = Results
results-when = Results are published when the survey is closed and the Safety Council has reviewed them.
results-how = We only show figures for groups. No results are shown for groups with fewer than 10 answers.

support-title = Support and help

privacy-title = How we handle your data
privacy-short-title = In short
privacy-short = The survey is anonymous. We don't know who has answered, and we can't find out. That is also why we can't find, change or delete your answers once you have sent them.
privacy-who-title = Who is responsible
privacy-who = The municipal executive board of Värmdö is responsible for the dialogue. The case number is { $case }.
privacy-what-title = What we save
privacy-what = We save the answers that you send, which version of the survey you answered, that they came by the web, and in which week the answers were collected. Texts that you write yourself are kept apart, with no link to your other answers.
privacy-not-title = What we don't save
privacy-not = We don't save names, IP addresses, anything about your phone or computer, your language or the time of day. We use no cookies and fetch nothing from other sites. Nothing leaves your phone until you press Send. If you change language, or have an older browser, the answers are sent to us so that the page can be shown again. They are not saved then.
privacy-write-title = Write nothing that identifies anyone
privacy-write = Don't write names, phone numbers or anything else that could identify you or someone else. We read through the texts and remove such things before they are used.
privacy-why-title = What we use the answers for
privacy-why = The Safety Council uses the answers to find causes of insecurity and choose measures. The results are reported to the municipal executive board. We only show figures for groups.
privacy-law-title = Legal basis
privacy-law = The answers are anonymous. Should a text that you have written contain personal data after all, we process it to carry out a task in the public interest (Article 6.1 e of the GDPR). We remove it when we find it.
privacy-how-title = How we keep the answers anonymous
privacy-how = The answers are locked with a key that changes every week. When the week is over they are mixed with other people's answers and the key is destroyed. After that nobody can see in which order the answers came.
privacy-long-title = How long the answers are kept
privacy-long = The answers are kept or destroyed as the municipality decides. A report on the dialogue is kept.
privacy-rights-title = Your rights
privacy-rights = Since we don't know which answers are yours, we can't hand them out, correct or delete them (Article 11 of the GDPR). If you have questions you can contact the municipality or its data protection officer. You can also complain to the Swedish Authority for Privacy Protection.
privacy-contact = Contact Värmdö municipality
privacy-authority = Swedish Authority for Privacy Protection
privacy-history-title = If someone can see your phone
privacy-history = Your browser's history shows that you have visited the page. It does not show what you answered. You can remove the page from the history or use a private window.

accessibility-title = Accessibility of the survey
accessibility-who = Värmdö municipality is behind this site. We want everyone to be able to answer. Here we describe how the site meets the Swedish act on accessibility of digital public services, which faults there are and how you report them.
accessibility-level-title = How accessible the site is
accessibility-level = The site is partially compliant with the act, because of the faults described here.
accessibility-faults-title = Known faults
accessibility-fault-translation = The Arabic text has not been reviewed by a native speaker.
accessibility-fault-reload = If you reload the page without JavaScript, the survey is emptied without asking you. We save nothing in your browser, to protect you.
accessibility-fault-old = In older browsers all questions are shown on one long page, also those that don't apply to you.
accessibility-contact-title = If you can't answer
accessibility-contact = Contact the municipality if you need help to answer, or want the survey on paper. You can also print the survey from the page.
accessibility-report-title = Report faults
accessibility-report = Tell us what doesn't work, and we will mend it. If you are not satisfied with how we handle it, you can report it to the Swedish Agency for Digital Government, Digg.
accessibility-digg = Report to Digg
accessibility-method-title = How we have tested
accessibility-method = We have made our own assessment. Every page is checked automatically with axe-core against WCAG 2.2, level AA, and run in the browser Chromium by keyboard alone, without JavaScript, in Swedish and Arabic, 320 and 1280 pixels wide. Nobody outside has reviewed the site.
accessibility-dates = The assessment was made on 24 November 2026. This statement was last updated on 24 November 2026.

error-reference = Give the number { $reference } if you contact us.
error-home = To the start page
error-not-found-title = There is no such page
error-not-found = Check the address, or begin at the start page.
error-method-title = The page can't be used that way
error-method = Go to the start page and begin there.
error-too-large-title = The form is too large
error-too-large = What was sent is larger than the survey allows. Nothing has been saved. Go back and shorten the texts.
error-malformed-title = The form could not be read
error-malformed = What was sent doesn't fit the survey. Nothing has been saved. Open the survey again and try once more.
error-foreign-title = The form came from another site
error-foreign = For safety we only accept answers from our own page. Nothing has been saved.
error-unavailable-title = The service can't be reached right now
error-unavailable = Try again in a while.
error-internal-title = Something went wrong on our side
error-internal = The fault has been noted. Try again in a while.

## Versions of notice and statement
statement-several = Choose which survey you mean
statement-others = Other versions
statement-holds = Version { $number }, in force from { $from }.
statement-held = Version { $number }, in force from { $from } to { $until }.
statement-untranslated = This text has not been translated into English yet. The Swedish text applies.
contact-title = Questions about the survey
