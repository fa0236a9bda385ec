### Personalens sidor om papper: det som skrivs ut, och svar som matas in.

papers-title = Skriv ut enkät, affisch och kort
papers-lead = Filerna är PDF:er i A4. QR-koden och adressen leder till enkäten. De säger inget om vem som har fått papperet.
papers-place = Var lämnar man in pappersenkäten?
papers-place-hint = Till exempel Biblioteket i Gustavsberg. Om du lämnar fältet tomt står det att enkäten lämnas där man fick den.
papers-place-fault = Skriv högst 120 tecken.
papers-place-use = Använd platsen
papers-questionnaire = Enkäten på papper
papers-poster = Affisch
papers-cards = Kort att dela ut
papers-no-address = Tjänsten har ingen adress som invånarna kan nå, så en QR-kod skulle inte leda någonstans. Be den som driver tjänsten att ställa in public_url.
papers-over = Dialogen tar inte emot nya besökare, så det finns inget att skriva ut.
papers-unprinted = Det går inte att skriva ut: { $problem }
