### Staff's pages and mails. Swedish only: everyone who works here reads it.

form-fault = Kontrollera det här fältet.
form-faults-title = Rätta det här och försök igen
form-faults-before-title = Fel:

staff-frame-title = Medborgardialogen, för personal
staff-navigation = Sidor
staff-sign-out = Logga ut
staff-demo = Provdrift: sidorna nås bara från den här datorn
staff-to-start = Till startsidan
staff-to-sign-in = Till inloggningen

staff-role-administrator = Administratör
staff-role-administrator-for = Bjuder in personal, bestämmer vem som får göra vad, läser loggen och sköter dialogerna.
staff-role-coordinator = Samordnare
staff-role-coordinator-for = Sköter fokusgrupperna: tider, anmälningar och inbjudningar.
staff-role-analyst = Analytiker
staff-role-analyst-for = Tar fram tabeller och förbereder det som ska publiceras.
staff-role-comment-reader = Granskare av fritextsvar
staff-role-comment-reader-for = Läser fritextsvar och tar bort det som kan peka ut någon.
staff-role-secretary = Rådets sekreterare
staff-role-secretary-for = Följer upp åtgärder och skriver rapporter till kommunstyrelsen.

staff-start-title = Vad vill du göra?
staff-start-roles = Du har de här rollerna:
staff-start-no-roles = Du har ingen roll än. Be en administratör att ge dig en.
staff-start-next = Sidor som du kan gå till

staff-nav-start = Start
staff-nav-account = Ditt konto

staff-forbidden-title = Du har inte behörighet till sidan
staff-forbidden = Sidan kräver en roll som du inte har. Behöver du den i ditt arbete kan en administratör ge dig den.
staff-closed-title = Inloggningen är avstängd
staff-closed = Personalens sidor kräver en krypterad anslutning, annars skulle lösenord skickas öppet.
staff-closed-next = Den som driver tjänsten behöver ställa in TRYGGHET_PUBLIC_URL till en adress som börjar med https://.

staff-field-mail = E-postadress
staff-field-name = Ditt namn
staff-field-password = Lösenord
staff-field-new-password = Nytt lösenord
staff-field-new-password-hint = Minst 12 tecken. Flera ord efter varandra är lätta att minnas och svåra att gissa. En lösenordshanterare fungerar bra.
staff-field-code = Sexsiffrig kod från appen
staff-field-recovery-code = Reservkod

staff-fault-mail = Skriv en e-postadress, till exempel anna@exempel.se
staff-fault-mail-taken = Adressen har redan ett konto
staff-fault-name = Skriv ditt namn, högst 100 tecken
staff-fault-password-missing = Skriv ditt lösenord
staff-fault-password-short = Välj ett längre lösenord, minst 12 tecken
staff-fault-password-long = Välj ett kortare lösenord, högst 200 tecken
staff-fault-password-guessable = Välj ett lösenord som är svårare att gissa
staff-fault-sign-in = E-postadressen eller lösenordet stämmer inte
staff-fault-code = Skriv den kod som appen visar just nu. Varje kod fungerar en gång.
staff-fault-recovery-code = Koden stämmer inte, eller är redan använd

staff-sign-in-title = Logga in
staff-sign-in = Logga in
staff-sign-in-after-password = Lösenordet är sparat. Logga in med det nya.
staff-sign-in-after-sign-out = Du är utloggad.
staff-forgotten-link = Glömt lösenordet
staff-code-title = Skriv koden från din app
staff-code-lead = Öppna appen som du valde när du skapade kontot, och skriv koden som den visar för Trygghetsdialog.
staff-code-link = Skriv koden från appen i stället
staff-recovery-title = Skriv en reservkod
staff-recovery-lead = Skriv en av koderna som du sparade när du skapade kontot. Den kan sedan inte användas igen.
staff-recovery-link = Använd en reservkod i stället
staff-provider-link = Logga in med kommunens inloggning
staff-provider-onward-title = Du kommer från kommunens inloggning
staff-provider-onward = Gå vidare
staff-provider-over-title = Inloggningen kan inte fortsätta
staff-provider-over = Det har gått mer än tio minuter, sidan har öppnats två gånger eller inloggningen började i en annan webbläsare. Börja om från inloggningen.
staff-provider-cancelled-title = Inloggningen avbröts
staff-provider-cancelled = Du är inte inloggad. Du kan börja om eller logga in med lösenord.
staff-provider-nobody-title = Du har inget konto här
staff-provider-nobody = Kommunens inloggning vet vem du är, men här finns inget aktivt konto med din e-postadress. Har du fått en inbjudan öppnar du länken i den först. Annars ber du en administratör att bjuda in dig.
staff-provider-away-title = Kommunens inloggning svarar inte
staff-provider-away = Försök igen om en stund. Har du ett lösenord här kan du logga in med det.
staff-provider-wrong-title = Svaret från kommunens inloggning går inte att lita på
staff-provider-wrong = Du är inte inloggad. Börja om. Händer det igen berättar du det för den som sköter tjänsten. Har du ett lösenord här kan du logga in med det.
staff-error-too-large = Det som skickades är större än vad sidan tar emot. Inget har sparats. Gå tillbaka och gör det kortare eller filen mindre.
staff-error-malformed = Det som skickades passar inte sidan. Inget har sparats. Öppna sidan på nytt och försök igen.
staff-error-foreign = Av säkerhetsskäl tar vi bara emot formulär från våra egna sidor. Inget har sparats. Öppna sidan på nytt och försök igen.
staff-shut-title = För många försök
staff-shut = { $minutes ->
    [one] Vänta en minut och försök igen.
   *[other] Vänta { $minutes } minuter och försök igen.
}
staff-shut-next = Har du glömt lösenordet kan du få en länk med e-post. Den fungerar även nu.
staff-set-up-title = Läs din e-post
staff-set-up = Ditt konto saknar en app för koder. Vi har skickat en länk till din e-postadress. Öppna den för att ställa in appen.

staff-link-gone-title = Länken fungerar inte längre
staff-link-gone = Länken är redan använd eller för gammal. Be den som bjöd in dig om en ny. Gällde den ett nytt lösenord kan du begära en ny länk från inloggningen.

staff-welcome-title = Skapa ditt konto
staff-welcome-first = Du blir den första administratören. Sedan kan du bjuda in andra.
staff-welcome-lead = Kontot gäller { $mail }.
staff-welcome-you = Om dig
staff-welcome-factor = Koder från en app
staff-welcome-factor-why = När du loggar in frågar vi också efter en kod från en app i din telefon. Då räcker det inte att någon kommer över ditt lösenord.
staff-welcome-factor-optional = Det här är provdrift, så du kan hoppa över koden och lämna fältet tomt.
staff-welcome-factor-app = Öppna en app för engångskoder, till exempel den som kommunen har valt.
staff-welcome-factor-scan = Välj att lägga till ett konto och läs av bilden.
staff-welcome-factor-picture = QR-kod för appen
staff-welcome-factor-key = Kan du inte läsa av bilden, skriv nyckeln:
staff-welcome-factor-code = Skriv koden som appen visar.
staff-welcome-save = Skapa kontot

staff-codes-title = Spara dina reservkoder
staff-codes-lead = Förlorar du telefonen kan du logga in med en av de här koderna. Varje kod fungerar en gång. Spara dem där bara du kommer åt dem, till exempel i en lösenordshanterare eller på papper.
staff-codes-once = Koderna visas bara nu.
staff-codes-next = Jag har sparat koderna

staff-forgotten-title = Glömt lösenordet
staff-forgotten-lead = Skriv din e-postadress, så skickar vi en länk.
staff-forgotten-send = Skicka länken
staff-forgotten-sent-title = Läs din e-post
staff-forgotten-sent = Om adressen har ett konto får du strax ett brev med en länk. Den fungerar i en timme.
staff-forgotten-sent-next = Kommer inget brev? Titta i skräpposten, och kontrollera att du skrev rätt adress.
staff-reset-title = Välj ett nytt lösenord
staff-reset-lead = Kontot gäller { $mail }. Alla webbläsare loggas ut.
staff-reset-save = Spara lösenordet

letter-invitation-subject = Inbjudan till medborgardialogen
letter-invitation =
    Hej,

    du är inbjuden att arbeta med kommunens medborgardialog.
    Öppna länken för att skapa ditt konto:

    { $link }

    Länken fungerar en gång, i sju dagar. Har du inte väntat
    det här brevet behöver du inte göra något.
letter-set-up-subject = Ditt konto i medborgardialogen
letter-set-up =
    Hej,

    ditt konto behöver ställas in på nytt innan du kan logga in.
    Öppna länken:

    { $link }

    Länken fungerar en gång, i sju dagar. Har du inte själv
    försökt logga in, och inte bett om brevet, säg till en administratör.
letter-reset-subject = Nytt lösenord
letter-reset =
    Hej,

    någon, troligen du, har begärt ett nytt lösenord.
    Öppna länken för att välja det:

    { $link }

    Länken fungerar en gång, i en timme. Var det inte du
    behöver du inte göra något: ditt lösenord är kvar.
letter-changed-subject = Ditt lösenord är ändrat
letter-changed =
    Hej,

    lösenordet till ditt konto är ändrat.
    Var det inte du? Välj genast ett nytt:

    { $link }

    och säg till en administratör.

staff-nav-colleagues = Medarbetare
staff-nav-log = Logg
staff-name = Namn
staff-roles = Roller
staff-no-roles = Ingen roll
staff-state = Läge
staff-state-invited = Inbjuden
staff-state-active = Aktiv
staff-state-inactive = Avslutad
staff-acts = Vad du kan göra
staff-cancel = Avbryt
staff-field-current-password = Ditt nuvarande lösenord
staff-fault-password-wrong = Lösenordet stämmer inte
staff-fault-role = Välj minst en roll
staff-fault-day = Skriv ett datum, till exempel 2019-03-12
staff-fault-last-administrator = Det måste finnas minst en administratör. Gör någon annan till administratör först.
staff-fault-state = Kontot har ändrats under tiden. Se hur det ser ut nu och försök igen.

staff-account-secrets = Lösenord och koder
staff-account-password-title = Byt lösenord
staff-account-password-lead = Dina andra webbläsare loggas ut.
staff-account-password-changed = Lösenordet är ändrat. Dina andra webbläsare är utloggade.
staff-account-codes-title = Skapa nya reservkoder
staff-account-codes-lead = De gamla koderna slutar att fungera.
staff-account-codes-make = Skapa koder
staff-account-codes-left = { $left ->
    [0] Du har inga reservkoder kvar.
    [one] Du har en reservkod kvar.
   *[other] Du har { $left } reservkoder kvar.
}
staff-account-sessions = Inloggade webbläsare
staff-account-sessions-lead = En webbläsare loggas ut av sig själv efter 30 minuter utan att du gör något, och senast efter 12 timmar.
staff-account-session-ended = Webbläsaren är utloggad.
staff-account-since = Inloggad sedan
staff-account-latest = Senast använd
staff-account-act = Åtgärd
staff-account-this = Den här webbläsaren
staff-account-end = Logga ut
staff-account-end-others = Logga ut alla andra
staff-account-back = Till ditt konto

staff-colleagues-alone = Du är ensam här än. Bjud in dem som ska arbeta med dialogen.
staff-colleagues-back = Till medarbetare
staff-invite-title = Bjud in en medarbetare
staff-invite-lead = Vi skickar ett brev med en länk. Länken fungerar i sju dagar.
staff-invite-mail = Medarbetarens e-postadress
staff-invite-send = Skicka inbjudan
staff-invite-again = Skicka inbjudan igen
staff-roles-change = Ändra roller
staff-roles-save = Spara rollerna
staff-sessions-none = Inte inloggad
staff-sessions-end = Logga ut överallt
staff-factor = Koder från en app
staff-factor-set = Inställda
staff-factor-none = Inte inställda
staff-factor-title = Återställ koderna för { $name }
staff-factor-lead = Använd det när någon har förlorat både sin telefon och sina reservkoder. Personen loggas ut överallt och får ett brev med en länk för att ställa in en ny app. Kontrollera först att det verkligen är personen själv som ber om det.
staff-factor-reset = Återställ koderna
staff-deactivate-title = Avsluta kontot för { $name }
staff-deactivate-lead = Personen loggas ut överallt och kan inte längre logga in. Det som personen har gjort står kvar i loggen. Du kan aktivera kontot igen senare.
staff-deactivate = Avsluta kontot
staff-reactivate = Aktivera kontot igen

staff-done-invited = Inbjudan är skickad.
staff-done-invited-file = Inbjudan är sparad som en fil i mappen för brev, för det finns ingen e-postserver.
staff-done-mail-failed = Ändringen är gjord, men brevet kunde inte skickas. Kontrollera adressen och försök igen, eller be den som driver tjänsten om hjälp.
staff-done-roles = Rollerna är sparade.
staff-done-sessions = Personen är utloggad överallt.
staff-done-factor = Koderna är återställda, och ett brev är skickat.
staff-done-deactivated = Kontot är avslutat.

staff-log-lead = Här står vad personal och kommandon har gjort. Det som invånare svarar och skriver står aldrig här.
staff-log-who = Vem
staff-log-what = Vad
staff-log-on = På vad
staff-log-on-hint = En persons namn eller e-postadress, eller en dialogs namn
staff-log-from = Från och med
staff-log-to = Till och med
staff-log-search = Sök
staff-log-anyone = Alla
staff-log-anything = Allt
staff-log-command-line = Kommandoraden
staff-log-service = Tjänsten själv
staff-log-none = Inget i loggen stämmer med sökningen.
staff-log-count = { $count ->
    [one] En händelse
   *[other] { $count } händelser
}
staff-log-number = Nummer
staff-log-when = När
staff-log-more = Mer
staff-log-pages = Sidor i loggen
staff-log-newer = Nyare
staff-log-older = Äldre
staff-log-export = Hämta som CSV
staff-log-verify = Kontrollera loggen
staff-log-back = Till loggen
staff-log-with-factor = med koder från en app
staff-log-without-factor = utan koder från en app
staff-log-by-provider = genom kommunens inloggning
staff-log-provider-factor = andra steget där
staff-log-by-link = genom en länk

staff-verify-holds-title = Loggen är hel
staff-verify-holds = { $number ->
    [one] Den enda händelsen hänger ihop med det som skrevs från början.
   *[other] Alla { $number } händelser hänger ihop. Ingen är ändrad, tillagd eller borttagen i efterhand.
}
staff-verify-remembered = Det som tjänsten mindes utanför databasen, vid händelse { $number }, finns kvar i loggen.
staff-verify-nothing-remembered = Tjänsten har ännu inget minne av loggen utanför databasen att jämföra med.
staff-verify-note = Anteckna gärna det här någon annanstans. Med kommandot audit verify --expect går det att visa att loggen fram till hit är densamma:
staff-verify-broken-title = Loggen är inte hel
staff-verify-broken-next = Ändra inget. Be den som driver tjänsten att jämföra med en säkerhetskopia.
staff-verify-gap = Något saknas före händelse { $number }.
staff-verify-changed = Händelse { $number }, eller den före, är ändrad.
staff-verify-cut = Det som kom efter händelse { $number } är borttaget.
staff-verify-forgotten = Händelse { $number } är en annan än den som tjänsten mindes, eller borta.

audit-session-opened = Loggade in
audit-account-provider-remembered = Loggade in med kommunens inloggning för första gången
audit-session-opened-by-recovery-code = Loggade in med en reservkod
audit-session-closed = Loggade ut
audit-session-ended = Loggade ut webbläsare
audit-session-too-many-tries = För många misslyckade försök att logga in
audit-account-invited = Bjöd in
audit-account-link-made = Skapade en ny länk till kontot
audit-account-set-up = Ställde in sitt konto
audit-account-reset-asked = Ett nytt lösenord begärdes
audit-account-password-changed = Bytte lösenord
audit-account-recovery-codes-made = Skapade nya reservkoder
audit-account-second-factor-reset = Återställde koderna
audit-account-roles-changed = Ändrade roller
audit-account-deactivated = Avslutade kontot
audit-account-reactivated = Aktiverade kontot igen
audit-log-exported = Hämtade loggen
audit-log-verified = Kontrollerade loggen
audit-dialogue-opened = Öppnade dialogen
audit-dialogue-closed = Stängde dialogen
audit-dialogue-paper-keyed = Matade in pappersenkäter
audit-dialogue-mixed = Blandade svar
audit-dialogue-simulated = Fyllde dialogen med påhittade svar
audit-results-exported = Tog fram tabeller
