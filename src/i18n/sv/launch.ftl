# Vad som bör rättas eller vägas innan en dialog öppnas. Läses av personal.
launch-unreviewed = { $language } är inte granskad av någon som kan språket.
launch-untranslated = Texten ”{ $of }” är densamma på { $language } som på svenska. Är den översatt?
launch-hard-to-read = Texten ”{ $of }” är svårläst: LIX { $lix }. Håll den under { $limit }.
launch-small-group = { $breakdown }, { $group }: omkring { $residents } invånare, och då kan ni vänta omkring { $answers } svar. Tabeller för den gruppen kan troligen inte publiceras.
launch-no-retention-decision = Det saknas beslut om hur länge materialet sparas. Skriv in beslutet innan dialogen öppnas.
launch-no-end = Dialogen har ingen sista dag. Den är öppen tills någon stänger den.
launch-no-notice = Texten om hur ni hanterar uppgifter är inte publicerad. Läs igenom och publicera den innan dialogen öppnas.
launch-no-statement = Redogörelsen för tillgänglighet är inte publicerad. Läs igenom och publicera den innan dialogen öppnas.
launch-notice-untranslated = Texten om hur ni hanterar uppgifter finns inte på { $language }. Invånarna läser den svenska.
launch-statement-untranslated = Redogörelsen för tillgänglighet finns inte på { $language }. Invånarna läser den svenska.
launch-no-contact = Det står inte vem som svarar på invånarnas frågor. Skriv in e-post eller telefon.
