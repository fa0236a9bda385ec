### Personalens sidor om det som sägs till invånarna vid sidan av frågorna.

## Dialogens egna texter
wording-title = Kontakt och text när enkäten är stängd
wording-lead = Du kan ändra det här tills dialogen arkiveras. Titel, diarienummer, målgrupp och texterna för start, tack, stöd och för den som inte kan svara hör till frågorna och ändras med dem.
wording-questionnaire = Till frågorna, där de andra texterna finns
wording-contact = Vem svarar på invånarnas frågor?
wording-contact-name = Namn eller funktion
wording-contact-name-hint = Till exempel: Trygghetssamordnaren, Värmdö kommun
wording-contact-name-fault = Skriv ett namn med högst 120 tecken.
wording-contact-mail = E-post
wording-contact-mail-fault = Skriv en e-postadress, till exempel namn@kommun.se, eller lämna fältet tomt.
wording-contact-phone = Telefon
wording-contact-phone-fault = Skriv ett telefonnummer med siffror, till exempel 08-123 45 67, eller lämna fältet tomt.
wording-closed = Vad står det när enkäten är stängd?
wording-closed-standard = Töm rutan om standardtexten ska gälla. Att inget har sparats står alltid efter din text.
wording-how = Varje rad blir ett stycke. Börja en rad med # och mellanslag för en rubrik, eller med - och mellanslag för en punkt i en lista.
wording-how-link = En länk skrivs så här: [texten som ska synas](https://www.exempel.se). E-post: [skriv till oss](mailto:namn@exempel.se).
wording-too-long = Texten är för lång. Korta den till högst { $limit } tecken.
wording-save = Spara

## Versioner
statement-stands = Överst står versionen som gäller nu. De äldre finns kvar, och invånarna kan läsa dem.
statement-stands-draft = Texten gäller när dialogen öppnar. Fram till dess kan den skrivas om.
statement-stands-none = Ingen text är publicerad än. Dialogen kan inte öppnas utan den.
statement-stands-standard = Ingen egen text är publicerad. Invånarna läser standardtexten.
statement-start = Börja med standardtexten
statement-change = Skriv om texten
statement-new = Skriv en ny version
statement-see = Se sidan som invånarna ser den
statement-all = Till alla versioner
statement-caption = Den senaste först
statement-version = Version
statement-number = Version { $number }
statement-when = Publicerad
statement-by = Av
statement-by-nobody = Kommandoraden
statement-published = Publicerad { $moment }.
statement-missing = Finns inte på det här språket. Invånarna läser den svenska texten.
statement-difference = Skillnad mot version { $number }
statement-difference-standard = Skillnad mot standardtexten
statement-same = Ingen skillnad.
statement-added = Tillagt:
statement-removed = Borttaget:

## Ny version
statement-new-title = { $name }: skriv texten
statement-new-lead = Läs igenom texten och ändra det som inte stämmer för den här dialogen. Den börjar gälla när dialogen öppnar.
statement-new-lead-open = Texten börjar gälla så snart du publicerar den. Tidigare versioner finns kvar, och invånarna kan läsa dem.
statement-texts = Texten
statement-languages = Svenska måste finnas. Om ett annat språk är tomt läser invånarna den svenska texten, och sidan säger att den inte är översatt.
statement-swedish-fault = Skriv den svenska texten.
statement-publish = Publicera

## I loggen
audit-dialogue-words-edited = Ändrade kontakt eller stängningstext
audit-dialogue-statement-published = Publicerade text om personuppgifter eller tillgänglighet
