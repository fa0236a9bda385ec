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

## Tables for Excel
column-case-number = Case number
column-simulated = Simulated answers
column-table = Table
column-question = Question
column-unit = Counts
column-breakdown = Breakdown
column-group = Group
column-answer = Answer
column-kind = Kind
column-count = Count
column-percent = Per cent of the base
column-base = Base
column-respondents = Respondents in the group
column-status = Status
unit-respondents = women
unit-mentions = places
kind-answer = answer
kind-outside = outside the base
flag-yes = yes
flag-no = no
breakdown-none = Everyone
status-published = shown
status-base-only = only the base is shown
status-withheld = not shown
status-not-planned = not in the analysis plan

## Codebook
codebook-title = Codebook: { $title }
codebook-simulated = The answers are simulated. Nobody has given them.
codebook-edition = Case number { $case }. Questionnaire { $questionnaire }, version { $version }. Made on { $date }.
codebook-population = The tables count those who answered { $population }.
codebook-reading = How to read the tables
codebook-base = The base is those who gave an answer with a code of 0 or more. Percentages are of the base. “Don't know” (−8), “Prefer not to answer” (−9), unanswered questions (−6) and questions that were not asked (−7) are not in the base.
codebook-no-answer = “No answer” is prefer not to answer (−9) and unanswered (−6) together. In tables broken down by groups, don't know (−8) is part of it too.
codebook-several = Where several answers may be chosen, percentages are the share of the base that chose the answer. They do not sum to 100.
codebook-mentions = Places are counted in two ways: in women (each woman once per answer) and in places (each place by itself).
codebook-hidden = “..” means that the figure is not shown, so that nobody can be pointed out. “-” means zero. No group with fewer than { $base } answers is shown, and no count under { $cell }. Breakdowns with a figure that is too small are not shown at all.
codebook-weights = The figures are unweighted. Those who answered chose to take part, so the figures speak of them and not certainly of all women in the municipality.
codebook-breakdowns = Breakdowns
codebook-breakdown-by = { $name } ({ $question }): { $groups }
codebook-variables = Variables
codebook-asked = Asked of: { $condition }
codebook-several-allowed = Several answers may be chosen.
codebook-several-at-most = At most { $number } answers may be chosen.
codebook-places = Answered for up to { $number } places. Stored as { $names }.
codebook-text = Free text. Kept apart from the answers, and not in any table.
codebook-suggestions = Free text with suggestions. An answer that equals a suggestion is stored as its code. Other text is kept apart from the answers.
codebook-sensitive = Sensitive: zeros are hidden too.
codebook-published-as = Published only as any or none, and in groups: { $groups }.
codebook-published-areas = Published only in groups: { $groups }.
codebook-derived = Derived variables
codebook-share = Share: { $numerator }. Base: { $denominator }.
codebook-groups = Each woman counts once for each group of answers in { $questions }.
codebook-first-of = The first that fits:
codebook-code = Code
codebook-label = Answer
codebook-group = Group
codebook-variable = Variable
codebook-stored-as = Stored as
codebook-type = Type
codebook-condition = Asked of, or rule
codebook-scope = Concerns
codebook-stored = stored answer
codebook-answer-id = Name
codebook-missing = Missing value
type-single = one answer
type-several = several answers
type-text = free text
type-derived = derived
