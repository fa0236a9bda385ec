### Personalens sidor om dialogerna.

dialogue-nav = Dialoger
dialogue-list-title = Dialoger
dialogue-list-caption = Den senaste först
dialogue-list-dialogue = Dialog
dialogue-list-state = Läge
dialogue-list-end = Stänger eller stängde
dialogue-list-empty = Det finns ingen dialog än. Skapa den första.
dialogue-new = Skapa en dialog
dialogue-back = Till dialogen
dialogue-back-to-list = Till alla dialoger
dialogue-simulated = simulerad
dialogue-simulated-long = Svaren är påhittade.

## Läge
dialogue-state-draft = utkast
dialogue-state-reviewed = granskad
dialogue-state-open = öppen
dialogue-state-paused = pausad
dialogue-state-closing = under stängning
dialogue-state-closed = stängd
dialogue-state-archived = arkiverad
dialogue-state-purged = gallrad
dialogue-stands = Läge: { $state }.
dialogue-next-draft = Ändra det som behöver ändras. När allt är klart läser en annan person än den som ändrade sist igenom dialogen.
dialogue-next-reviewed = Dialogen är genomläst och kan öppnas. Om du ändrar något måste den granskas igen.
dialogue-next-open = Invånarna kan svara. Ingen kan se svar förrän dialogen är stängd.
dialogue-next-paused = Nya besökare får veta att enkäten har en paus.
dialogue-next-closing = De sista svaren tas emot i 60 minuter. Sedan blandas de, och efter det kan resultaten tas fram.
dialogue-next-closed = Alla svar är blandade. Resultat kan tas fram. Arkivera dialogen när ni är klara med den.
dialogue-next-archived = Invånarna ser inte längre dialogen. Svaren kan gallras när det finns ett beslut om det.
dialogue-next-purged = Svaren är raderade. Frågorna och det här kvittot finns kvar.
dialogue-steps = Det här kan du göra
dialogue-look = Titta och hämta
dialogue-facts = Om dialogen
dialogue-see-survey = Se enkäten som invånarna ser den

## Uppgifter
dialogue-fact-address = Adress för invånare
dialogue-fact-case = Diarienummer
dialogue-fact-who = Vem som kan svara
dialogue-fact-languages = Språk
dialogue-fact-version = Version av frågorna
dialogue-fact-edited = Senast ändrad av
dialogue-fact-reviewed = Granskad av
dialogue-fact-opened = Öppnad
dialogue-fact-paused = Pausad
dialogue-fact-closes = Stänger
dialogue-fact-closed = Stängd
dialogue-fact-purged = Gallrad
dialogue-fact-responses = Antal raderade svar
dialogue-fact-comments = Antal raderade fritextsvar

## Ny dialog
dialogue-new-title = Skapa en dialog
dialogue-new-make = Skapa utkastet
dialogue-new-name = Namn i adressen
dialogue-new-name-hint = Små bokstäver a–z, siffror och bindestreck, till exempel trygghet-2020. Namnet syns i webbläsarens historik, så välj ett som inte avslöjar ämnet.
dialogue-new-name-fault = Skriv ett namn med 1–60 tecken: a–z, siffror och bindestreck. Det får inte börja med bindestreck, och inte vara ”ny”.
dialogue-new-from = Börja med frågorna från
dialogue-new-from-hint = Du kan ändra frågorna i utkastet.
dialogue-new-from-built-in = Kvinnors upplevda otrygghet utomhus, den inbyggda enkäten
dialogue-new-from-earlier = dialogen { $slug }

## Ändra
dialogue-edit = Ändra sista dag och bevarande
dialogue-edit-title = Ändra dialogen
dialogue-edit-save = Spara
dialogue-edit-reviewed = Dialogen är granskad. Om du sparar måste en annan person granska den igen.
dialogue-last-day = Sista dag att svara
dialogue-last-day-hint = Enkäten stänger 23.59 den dagen. Lämna tomt om den ska vara öppen tills någon stänger den.
dialogue-last-day-fault = Skriv dagen som år, månad och dag, till exempel 2019-05-31.
dialogue-retention = Hur länge svaren sparas, och enligt vilket beslut
dialogue-retention-hint = Till exempel: Svaren gallras två år efter slutrapporten, KS 2017/118 § 4.

## Stegen
dialogue-review = Godkänn som granskad
dialogue-review-title = Är dialogen klar att öppnas?
dialogue-review-lead = Läs frågorna på alla språk och gå igenom kontrollen före öppning. Du godkänner dialogen så som den ser ut nu.
dialogue-review-second = Den som ändrade dialogen sist kan inte granska den.
dialogue-open = Öppna dialogen
dialogue-open-title = Öppna dialogen för invånarna?
dialogue-open-lead = Invånarna ser enkäten inom en minut och kan svara.
dialogue-open-structure = När dialogen är öppen kan texter rättas, men frågor, svarsalternativ och ordning kan inte ändras.
dialogue-pause = Pausa dialogen
dialogue-pause-title = Pausa dialogen?
dialogue-pause-lead = Nya besökare får veta att enkäten har en paus. Den som redan har enkäten framför sig kan skicka in sina svar i 60 minuter.
dialogue-resume = Öppna dialogen igen
dialogue-resume-title = Avsluta pausen?
dialogue-resume-lead = Invånarna ser enkäten igen inom en minut.
dialogue-close = Stäng dialogen
dialogue-close-title = Stänga dialogen?
dialogue-close-lead = Nya besökare får veta att enkäten är stängd. Svar som är på väg tas emot i 60 minuter. Sedan blandas de sista svaren, och resultat kan tas fram.
dialogue-close-final = En stängd dialog kan inte öppnas igen.
dialogue-archive = Arkivera dialogen
dialogue-archive-title = Arkivera dialogen?
dialogue-archive-lead = Invånarna ser inte längre dialogen. Svaren finns kvar tills de gallras.
dialogue-archive-final = En arkiverad dialog kan inte göras till stängd igen.
dialogue-purge = Gallra svaren
dialogue-purge-title = Gallra alla svar i dialogen?
dialogue-purge-lead = Alla svar och fritextsvar raderas. Det går inte att ångra, och inga nya tabeller kan tas fram.
dialogue-purge-stays = Frågorna, loggen och ett kvitto med antal och beslut finns kvar.
dialogue-purge-final = Spår i databasens filer skrivs över inom en minut. Säkerhetskopior gallras för sig.
dialogue-purge-decision = Beslut om gallring
dialogue-purge-decision-hint = Beslutande, datum och paragraf, till exempel: Kommunstyrelsen 2021-03-09 § 12.

## Varför det inte gick
dialogue-refused-state = Det går inte nu: dialogen är { $state }. Kanske har någon annan ändrat den medan du läste.
dialogue-refused-own-review = Du ändrade dialogen sist. Be en annan person att granska den.
dialogue-refused-changed = Någon annan har ändrat dialogen sedan du öppnade sidan. Inget av ditt har sparats. Läs vad som gäller nu, och gör om ändringen om den fortfarande behövs.
dialogue-refused-past = Den dagen har varit. Välj en dag som kommer.
dialogue-refused-no-decision = Skriv vilket beslut som gallringen bygger på.
dialogue-refused-no-retention = Det saknas beslut om hur länge svaren sparas. Skriv in det under ”Ändra sista dag och bevarande” först.
dialogue-refused-no-notice = Texten om hur ni hanterar uppgifter är inte publicerad. Den finns under ”Titta och hämta”.
dialogue-refused-no-statement = Redogörelsen för tillgänglighet är inte publicerad. Den finns under ”Titta och hämta”.
dialogue-refused-taken = Det finns redan en dialog som heter { $slug }. Välj ett annat namn.
dialogue-refused-definition = Frågorna är inte rätt: { $problem }
dialogue-refused-structure = Medan dialogen är öppen kan bara texter ändras. Det här är mer än texter: { $changes }.
dialogue-refused-otherwise = Det gick inte. Läs vad som gäller nu och försök igen.

## Kontroll före öppning
launch-title = Kontroll före öppning
launch-blockers = Måste rättas före öppning
launch-no-blockers = Inget hindrar att dialogen öppnas.
launch-warnings = Att väga
launch-no-warnings = Inget att anmärka.
launch-no-mail-server = Tjänsten har ingen e-postserver. Inbjudningar och länkar för nytt lösenord blir filer på servern i stället för brev.
launch-mail-server-away = E-postservern tar inte emot brev just nu. Inbjudningar och länkar för nytt lösenord kommer inte fram. Be den som sköter tjänsten att titta i loggen.
launch-answering-title = Räkna med en annan svarsandel
launch-answering = Hur många procent av invånarna tror ni svarar?
launch-answering-hint = Ju färre som svarar, desto fler grupper blir för små för att publiceras.
launch-answering-fault = Skriv ett tal från 0,1 till 100.
launch-count = Räkna om

## I loggen
audit-dialogue-made = Skapade ett utkast till dialog
audit-dialogue-edited = Ändrade ett utkast
audit-dialogue-reviewed = Godkände ett utkast som granskat
audit-dialogue-paused = Pausade en dialog
audit-dialogue-resumed = Öppnade en pausad dialog igen
audit-dialogue-end-moved = Flyttade sista dagen
audit-dialogue-archived = Arkiverade en dialog
audit-dialogue-purged = Gallrade svaren i en dialog

## Förhandsvisning
preview-in = Förhandsvisa enkäten: { $language }
preview-sent-title = Här hade svaren skickats
preview-sent = Det här var en förhandsvisning. Inget har skickats eller sparats. En invånare hade nu fått ett tack.
preview-again = Börja om

## Frågorna som fil
questionnaire-title = Frågorna som fil
questionnaire-version = Version { $version }.
questionnaire-get = Hämta
questionnaire-get-yaml = Tjänstens eget format (YAML), allt på ett ställe
questionnaire-get-form = Kalkylblad (XLSForm), för Excel och för andra enkätverktyg
questionnaire-give = Lämna en ny fil
questionnaire-replaces = Filen ersätter dialogens frågor. Den kontrolleras först, och om något är fel ändras inget.
questionnaire-texts-only = Dialogen är öppen. Filen får rätta texter, men inte lägga till, ta bort eller ändra frågor, svarsalternativ, koder eller ordning. Loggen visar vad som har ändrats.
questionnaire-fixed = Dialogen tar inte emot svar längre, så frågorna kan inte ändras.
questionnaire-file = Fil
questionnaire-file-hint = Tjänstens eget format (.yaml) eller ett kalkylblad i XLSForm (.xlsx), högst 2 MB.
questionnaire-send = Kontrollera och använd filen
questionnaire-not-done = Det gick inte
questionnaire-choose-another = Välj en rättad fil
questionnaire-no-file = Ingen fil är vald.
questionnaire-no-text = Filen är inte en text i UTF-8. Spara den som UTF-8 och försök igen.
questionnaire-no-form = Kalkylbladet kan inte läsas. Raden under säger varför.
questionnaire-unwritten = Frågorna kan inte skrivas som kalkylblad. Hämta dem i tjänstens eget format i stället. Raden under säger varför.
questionnaire-problems = Filen har fel. Varje rad säger var felet är och vad du kan göra åt det.
questionnaire-structure = Medan dialogen är öppen kan bara texter ändras. Det här är mer än texter:
questionnaire-losses = Det här kan inte tas med. Ändra i filen, eller kryssa för att du vill använda den ändå och välj den en gång till.
questionnaire-accept-losses = Använd filen utan det som inte kan tas med

audit-dialogue-texts-corrected = Rättade texter i en öppen dialog
audit-dialogue-questionnaire-replaced = Bytte frågor i ett utkast
