# What to mend or weigh before a dialogue opens. Read by staff.
launch-unreviewed = { $language } has not been read by anyone who knows the language.
launch-untranslated = The text “{ $of }” is the same in { $language } as in Swedish. Has it been translated?
launch-hard-to-read = The text “{ $of }” is hard to read: LIX { $lix }. Keep it below { $limit }.
launch-small-group = { $breakdown }, { $group }: about { $residents } residents, so expect about { $answers } answers. Tables for that group can probably not be published.
launch-no-retention-decision = There is no decision on how long the material is kept. Write it down before the dialogue opens.
launch-no-end = The dialogue has no last day. It stays open until somebody closes it.
launch-no-notice = The privacy notice is not published. Read it through and publish it before the dialogue opens.
launch-no-statement = The accessibility statement is not published. Read it through and publish it before the dialogue opens.
launch-notice-untranslated = The privacy notice is missing in { $language }. Residents will read the Swedish one.
launch-statement-untranslated = The accessibility statement is missing in { $language }. Residents will read the Swedish one.
launch-no-contact = Nobody is named whom residents can ask. Write down a mail address or a telephone number.
