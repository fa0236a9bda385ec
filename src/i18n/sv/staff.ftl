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
staff-shut-title = För många försök
staff-shut = { $minutes ->
    [one] Vänta en minut och försök igen.
   *[other] Vänta { $minutes } minuter och försök igen.
}
staff-shut-next = Har du glömt lösenordet kan du få en länk med e-post. Den fungerar även nu.
staff-set-up-title = Läs din e-post
staff-set-up = Lösenordet stämmer, men ditt konto saknar en app för koder. Vi har skickat en länk till din e-postadress. Öppna den för att ställa in appen.

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
