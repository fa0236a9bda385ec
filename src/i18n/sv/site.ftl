### Pages around the survey

language-own-name = Svenska
date-long = { $day } { $month ->
    [1] januari
    [2] februari
    [3] mars
    [4] april
    [5] maj
    [6] juni
    [7] juli
    [8] augusti
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }

home-title = Medborgardialog om trygghet
home-lead = Trygghetsrådet i Värmdö kommun vill veta vad som gör att människor känner sig trygga eller otrygga utomhus.
home-open = Öppna enkäter
home-none = Ingen enkät är öppen just nu.
home-none-next = När nästa enkät öppnar finns den här. Under tiden kan du lämna synpunkter till kommunen.
home-answer = Svara på enkäten
home-for = Vem kan svara: { $who }
home-more = Mer om dialogen
home-focus-groups = Om fokusgrupperna
home-results = Resultat

thanks-title = Tack
thanks-general = Den här sidan visas när någon har skickat in en enkät.
thanks-close = När fönstret är stängt kan ingen bläddra tillbaka i det.
thanks-focus-groups = Läs om fokusgrupperna

closed-title = Enkäten är stängd
closed-text = Det går inte längre att svara på enkäten.
paused-title = Enkäten har en paus
paused-text = Just nu går det inte att svara på enkäten. Kom gärna tillbaka senare.
not-taken-saved = Inget av det du skrev har sparats.
closed-next = Läs om resultaten

simulated-title = Dialogen är simulerad
simulated-text = Den här dialogen är en övning med påhittade svar. Därför tar den inte emot något svar från dig.

focus-title = Fokusgrupper
focus-what = Efter enkäten bjuder Trygghetsrådet in till samtal i små grupper. Vi vill förstå orsakerna till otryggheten bättre.
focus-how = En grupp är sex till åtta personer. Ett samtal tar ungefär 90 minuter och leds av en samtalsledare.
focus-apart = Anmälan görs i ett eget formulär. Den går inte att koppla till svaren i enkäten.
focus-not-open = Anmälan har inte öppnat än. När den öppnar gör du din anmälan på den här sidan.

results-title = Resultat
results-when = Resultaten publiceras när enkäten är stängd och Trygghetsrådet har granskat dem.
results-how = Vi visar bara siffror för grupper. Inga resultat visas för grupper med färre än 10 svar.

support-title = Stöd och hjälp

privacy-title = Så hanterar vi dina uppgifter
privacy-short-title = I korthet
privacy-short = Enkäten är anonym. Vi vet inte vem som har svarat, och vi kan inte ta reda på det. Därför kan vi inte heller hitta, ändra eller ta bort dina svar när du har skickat dem.
privacy-who-title = Vem ansvarar
privacy-who = Kommunstyrelsen i Värmdö kommun ansvarar för dialogen. Ärendets diarienummer är { $case }.
privacy-what-title = Vad vi sparar
privacy-what = Vi sparar svaren som du skickar, vilken version av enkäten du svarade på, att svaret kom via webben och vilken vecka svaren samlades in. Texter som du skriver själv sparas för sig, utan koppling till dina andra svar.
privacy-not-title = Vad vi inte sparar
privacy-not = Vi sparar inte namn, ip-adress, uppgifter om din telefon eller dator, språk eller klockslag. Vi använder inga kakor och hämtar inget från andra webbplatser. Inget skickas från din telefon förrän du trycker på Skicka. Byter du språk, eller har en äldre webbläsare, skickas svaren till oss för att sidan ska kunna visas igen. Då sparas de inte.
privacy-write-title = Skriv inget som pekar ut någon
privacy-write = Skriv inte namn, telefonnummer eller annat som kan peka ut dig eller någon annan. Vi läser igenom texterna och tar bort sådant innan de används.
privacy-why-title = Vad vi använder svaren till
privacy-why = Trygghetsrådet använder svaren för att hitta orsaker till otrygghet och välja åtgärder. Resultaten redovisas för kommunstyrelsen. Vi visar bara siffror för grupper.
privacy-law-title = Rättslig grund
privacy-law = Svaren är anonyma. Skulle en text som du har skrivit ändå innehålla en personuppgift behandlar vi den för att utföra en uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen). Vi tar bort den när vi hittar den.
privacy-how-title = Så håller vi svaren anonyma
privacy-how = Svaren låses in med en nyckel som byts varje vecka. När veckan är slut blandas de med andras svar och nyckeln förstörs. Efter det går det inte att se i vilken ordning svaren kom.
privacy-long-title = Hur länge svaren finns kvar
privacy-long = Svaren bevaras eller gallras enligt kommunens beslut. En rapport om dialogen bevaras.
privacy-rights-title = Dina rättigheter
privacy-rights = Eftersom vi inte vet vilka svar som är dina kan vi inte lämna ut, rätta eller radera dem (artikel 11 i dataskyddsförordningen). Har du frågor kan du kontakta kommunen eller kommunens dataskyddsombud. Du kan också klaga hos Integritetsskyddsmyndigheten.
privacy-contact = Kontakta Värmdö kommun
privacy-authority = Integritetsskyddsmyndigheten
privacy-history-title = Om någon kan se din telefon
privacy-history = Webbläsarens historik visar att du har besökt sidan. Den visar inte vad du har svarat. Du kan ta bort sidan ur historiken eller använda ett privat fönster.

accessibility-title = Tillgänglighet för enkäten
accessibility-who = Värmdö kommun står bakom den här webbplatsen. Vi vill att alla ska kunna svara. Här beskriver vi hur webbplatsen uppfyller lagen om tillgänglighet till digital offentlig service, vilka brister som finns och hur du anmäler dem.
accessibility-level-title = Hur tillgänglig webbplatsen är
accessibility-level = Webbplatsen är delvis förenlig med lagen, på grund av bristerna som beskrivs här.
accessibility-faults-title = Kända brister
accessibility-fault-translation = Den arabiska texten är inte granskad av någon som har arabiska som modersmål.
accessibility-fault-reload = Om du laddar om sidan utan JavaScript töms enkäten utan att du får en fråga. Vi sparar inget i din webbläsare, för att skydda dig.
accessibility-fault-old = I äldre webbläsare visas alla frågor på en lång sida, även de som inte gäller dig.
accessibility-contact-title = Om du inte kan svara
accessibility-contact = Kontakta kommunen om du behöver hjälp att svara, eller om du vill ha enkäten på papper. Du kan också skriva ut enkäten från sidan.
accessibility-report-title = Anmäl brister
accessibility-report = Tala om för oss vad som inte fungerar, så rättar vi det. Är du inte nöjd med hur vi tar hand om det kan du anmäla det till Myndigheten för digital förvaltning, Digg.
accessibility-digg = Anmäl till Digg
accessibility-method-title = Hur vi har testat
accessibility-method = Vi har gjort en egen bedömning. Varje sida prövas automatiskt med axe-core mot WCAG 2.2, nivå AA, och körs i webbläsaren Chromium med enbart tangentbord, utan JavaScript, på svenska och arabiska, i 320 och 1280 bildpunkters bredd. Ingen utomstående har granskat webbplatsen.
accessibility-dates = Bedömningen gjordes den 24 november 2026. Redogörelsen uppdaterades senast den 24 november 2026.

error-reference = Uppge numret { $reference } om du kontaktar oss.
error-home = Till startsidan
error-not-found-title = Sidan finns inte
error-not-found = Kontrollera adressen, eller börja från startsidan.
error-method-title = Sidan kan inte användas så
error-method = Gå till startsidan och börja därifrån.
error-too-large-title = Formuläret är för stort
error-too-large = Det som skickades är större än vad enkäten tillåter. Inget har sparats. Gå tillbaka och korta texterna.
error-malformed-title = Formuläret kunde inte läsas
error-malformed = Det som skickades passar inte enkäten. Inget har sparats. Öppna enkäten på nytt och försök igen.
error-foreign-title = Formuläret kom från en annan webbplats
error-foreign = Av säkerhetsskäl tar vi bara emot svar från vår egen sida. Inget har sparats.
error-unavailable-title = Tjänsten är inte nåbar just nu
error-unavailable = Försök igen om en stund.
error-internal-title = Något gick fel hos oss
error-internal = Felet är antecknat. Försök igen om en stund.

## Versions of notice and statement
statement-several = Välj vilken enkät det gäller
statement-others = Andra versioner
statement-holds = Version { $number }, gäller från { $from }.
statement-held = Version { $number }, gällde från { $from } till { $until }.
statement-untranslated = Texten finns bara på svenska.
contact-title = Frågor om enkäten
