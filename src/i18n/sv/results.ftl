### Tables, exports and codebooks

## Cells
cell-any = Minst en av händelserna
cell-none = Ingen av händelserna
cell-yes = Ja
cell-no = Nej
outside-does-not-know = Vet inte
outside-no-answer = Inget svar
outside-not-asked = Fick inte frågan
outside-not-in-denominator = Ingår inte i basen
group-everyone = Alla
group-unknown = Uppgift saknas

## Conditions in words
condition-everyone = alla
condition-nobody = ingen
condition-and = och
condition-or = eller
condition-not = inte ({ $condition })
condition-count = minst { $number } svar i { $question }
condition-added = plats { $place } är tillagd
condition-answered = { $question } är besvarad

## Tables for Excel
column-case-number = Diarienummer
column-simulated = Simulerade svar
column-table = Tabell
column-question = Fråga
column-unit = Räknar
column-breakdown = Uppdelning
column-group = Grupp
column-answer = Svar
column-kind = Slag
column-count = Antal
column-percent = Procent av basen
column-base = Bas
column-respondents = Svarande i gruppen
column-status = Status
unit-respondents = kvinnor
unit-mentions = platser
kind-answer = svar
kind-outside = utanför basen
flag-yes = ja
flag-no = nej
breakdown-none = Alla
status-published = visas
status-base-only = bara basen visas
status-withheld = visas inte
status-not-planned = ingår inte i analysplanen

## Codebook
codebook-title = Kodbok: { $title }
codebook-simulated = Svaren är simulerade. Ingen har lämnat dem.
codebook-edition = Diarienummer { $case }. Frågeformulär { $questionnaire }, version { $version }. Skapad { $date }.
codebook-population = Tabellerna räknar dem som svarat { $population }.
codebook-reading = Så läser du tabellerna
codebook-base = Basen är de som gett ett svar med kod 0 eller högre. Procenttalen räknas på basen. ”Vet inte” (−8), ”Vill inte svara” (−9), obesvarade frågor (−6) och frågor som inte ställts (−7) ingår inte i basen.
codebook-no-answer = ”Inget svar” är vill inte svara (−9) och obesvarad (−6) tillsammans. I tabeller som är uppdelade på grupper ingår även vet inte (−8) där.
codebook-several = När flera svar får väljas är procenttalen andelen av basen som valt svaret. De summerar inte till 100.
codebook-mentions = Platserna räknas på två sätt: i kvinnor (varje kvinna en gång per svar) och i platser (varje plats för sig).
codebook-hidden = ”..” betyder att siffran inte visas, för att ingen ska kunna pekas ut. ”-” betyder noll. Ingen grupp med färre än { $base } svar visas, och inget antal under { $cell }. Uppdelningar där någon siffra är för liten visas inte alls.
codebook-weights = Siffrorna är ovägda. De som svarat har själva valt att delta, så siffrorna gäller dem och inte säkert alla kvinnor i kommunen.
codebook-breakdowns = Uppdelningar
codebook-breakdown-by = { $name } ({ $question }): { $groups }
codebook-variables = Variabler
codebook-asked = Ställs till: { $condition }
codebook-several-allowed = Flera svar får väljas.
codebook-several-at-most = Högst { $number } svar får väljas.
codebook-places = Besvaras för upp till { $number } platser. Lagras som { $names }.
codebook-text = Fritext. Förvaras skild från svaren och redovisas inte i tabeller.
codebook-suggestions = Fritext med förslag. Svar som är lika med ett förslag lagras som dess kod. Annan text förvaras skild från svaren.
codebook-sensitive = Känslig: även nollor döljs.
codebook-published-as = Redovisas bara som något eller inget, och i grupper: { $groups }.
codebook-published-areas = Redovisas bara i grupper: { $groups }.
codebook-derived = Beräknade variabler
codebook-share = Andel: { $numerator }. Bas: { $denominator }.
codebook-groups = Varje kvinna räknas en gång per grupp av svar i { $questions }.
codebook-first-of = Det första som stämmer:
codebook-code = Kod
codebook-label = Svar
codebook-group = Grupp
codebook-variable = Variabel
codebook-stored-as = Lagras som
codebook-type = Typ
codebook-condition = Ställs till, eller regel
codebook-scope = Gäller
codebook-stored = lagrat svar
codebook-answer-id = Namn
codebook-missing = Saknat värde
type-single = ett svar
type-several = flera svar
type-text = fritext
type-derived = beräknad
