### Tables, exports and codebooks

## Cells
cell-any = At least one of the incidents
cell-none = None of the incidents
cell-yes = Yes
cell-no = No
outside-does-not-know = Does not know
outside-no-answer = No answer
outside-not-asked = Was not asked
outside-not-in-denominator = Not in the base
group-everyone = Everyone
group-unknown = Not stated

## Conditions in words
condition-everyone = everyone
condition-nobody = nobody
condition-and = and
condition-or = or
condition-not = not ({ $condition })
condition-count = at least { $number } answers in { $question }
condition-added = place { $place } is added
condition-answered = { $question } is answered
