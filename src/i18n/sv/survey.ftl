### The survey's own interface: frame, buttons, progress, errors, review

## The frame of every page
frame-title = Värmdö kommun
frame-skip = Hoppa till innehållet
frame-owner = Värmdö kommun, Trygghetsrådet
frame-simulated = Övning: svaren i den här dialogen är påhittade.
frame-languages = Språk
frame-about = Om webbplatsen
frame-support = Stöd och hjälp
frame-privacy = Så hanterar vi dina svar
frame-new-tab = Länkarna öppnas i en ny flik.
frame-accessibility = Tillgänglighet
exit-button = Lämna sidan snabbt
exit-prefix = Nödknapp:
exit-help = Tryck på knappen eller på skift-tangenten tre gånger. Sidan byts direkt mot en väderprognos. Webbläsarens historik raderas inte.

## The survey's screens
survey-title = Enkät – Värmdö kommun
survey-heading = Enkät
survey-start = Börja
survey-next = Nästa
survey-back = Tillbaka
survey-part = Del { $number } av { $parts }
survey-required = Frågan behöver ett svar.
survey-choose = Välj i listan
survey-place = Plats { $number }
survey-write = Skriv här
survey-long = Högst { $max } tecken.
survey-too-many = Du har valt fler än { $max }. Ta bort något av valen.
survey-too-long = Texten är längre än { $max } tecken. Korta den.
survey-alone = ”{ $option }” kan inte väljas tillsammans med annat.
survey-other = Annat
survey-areas = Skriv ett av områdena:
survey-areas-again = Skriv ett av områdena i listan under ”{ $question }”
survey-unreviewed = Översättningen är inte granskad än. Den svenska texten gäller.

## Parts and questions that depend on earlier answers
survey-not-relevant = Den här delen gäller inte dig, utifrån vad du har svarat. Gå vidare med knappen här nedanför.
survey-if = Om { $what }:
survey-if-options = du svarade { $options } på ”{ $question }”
survey-if-not-options = du inte svarade { $options } på ”{ $question }”
survey-if-some = du valde något på ”{ $question }”
survey-if-many = du valde minst { $count } på ”{ $question }”
survey-if-added = du vill berätta om en plats till
survey-and = { $first } och { $second }
survey-and-also = { $first }, och { $second }
survey-or = { $first } eller { $second }
survey-quoted = ”{ $text }”

## Screen-out
survey-out-title = Enkäten riktar sig till andra
survey-out-support = Är du under 18 år och vill prata med någon? Ring Bris på 116 111.
survey-out-change = Ändra svaret

## Review
survey-review = Granska dina svar
survey-review-lead = Inget har skickats än. Här står bara det du har svarat. Du kan ändra innan du skickar.
survey-review-long = Hela enkäten står på den här sidan. När du har svarat, granska dina svar.
survey-not-answered = Inte besvarad
survey-needs-answer = Behöver ett svar innan du kan skicka
survey-change = Ändra: { $part }
survey-show = Visa svaren i delen ”{ $part }”
survey-final = Vi kan inte hitta, ändra eller ta bort dina svar när du har skickat dem.
survey-send = Skicka svaren

## Errors and notices
survey-faults = { $count ->
    [one] Det finns 1 fel att rätta
   *[other] Det finns { $count } fel att rätta
}
survey-fault = Fel:
survey-fault-missing = Svara på frågan ”{ $question }”
survey-fault-too-many = Välj högst { $max } på frågan ”{ $question }”
survey-fault-too-long = Skriv högst { $max } tecken på frågan ”{ $question }”
survey-notice-kept-title = Svaren kunde inte tas emot just nu
survey-notice-kept = Dina svar finns kvar här på sidan. Vänta en stund och skicka igen.
survey-offline = Ingen kontakt. Dina svar finns kvar här på sidan. Försök igen när du har täckning.
survey-sending = Skickar
