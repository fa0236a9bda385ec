### Tables, exports and codebooks

## Cells
cell-any = حادثة واحدة على الأقل
cell-none = لا شيء من هذه الحوادث
cell-yes = نعم
cell-no = لا
outside-does-not-know = لا تعرف
outside-no-answer = دون إجابة
outside-not-asked = لم يُطرح عليها السؤال
outside-not-in-denominator = ليست ضمن الأساس
group-everyone = الجميع
group-unknown = غير مذكور

## Conditions in words
condition-everyone = الجميع
condition-nobody = لا أحد
condition-and = و
condition-or = أو
condition-not = ليس ({ $condition })
condition-count = { $number } إجابات على الأقل في { $question }
condition-added = أُضيف المكان { $place }
condition-answered = تمت الإجابة عن { $question }

## Tables for Excel
column-case-number = رقم القضية
column-simulated = إجابات محاكاة
column-table = الجدول
column-question = السؤال
column-unit = وحدة العد
column-breakdown = التقسيم
column-group = المجموعة
column-answer = الإجابة
column-kind = النوع
column-count = العدد
column-percent = النسبة المئوية من الأساس
column-base = الأساس
column-respondents = المجيبات في المجموعة
column-status = الحالة
unit-respondents = نساء
unit-mentions = أماكن
kind-answer = إجابة
kind-outside = خارج الأساس
flag-yes = نعم
flag-no = لا
breakdown-none = الجميع
status-published = معروض
status-base-only = يُعرض الأساس فقط
status-withheld = غير معروض
status-not-planned = ليس ضمن خطة التحليل

## Codebook
codebook-title = دليل الرموز: { $title }
codebook-simulated = الإجابات محاكاة. لم يقدمها أحد.
codebook-edition = رقم القضية { $case }. الاستبيان { $questionnaire }، الإصدار { $version }. أُنشئ في { $date }.
codebook-population = تحسب الجداول من أجبن { $population }.
codebook-reading = كيفية قراءة الجداول
codebook-base = الأساس هو من قدمن إجابة برمز 0 أو أكثر. تُحسب النسب المئوية من الأساس. لا تدخل في الأساس ”لا أعرف“ (−8) و”لا أريد الإجابة“ (−9) والأسئلة دون إجابة (−6) والأسئلة التي لم تُطرح (−7).
codebook-no-answer = ”دون إجابة“ تجمع بين عدم الرغبة في الإجابة (−9) وعدم الإجابة (−6). وفي الجداول المقسمة إلى مجموعات تدخل فيها أيضا لا أعرف (−8).
codebook-several = عندما يمكن اختيار عدة إجابات تكون النسب المئوية حصة الأساس التي اختارت الإجابة. ومجموعها ليس 100.
codebook-mentions = تُحسب الأماكن بطريقتين: بالنساء (كل امرأة مرة واحدة لكل إجابة) وبالأماكن (كل مكان على حدة).
codebook-hidden = ”..“ تعني أن الرقم غير معروض، حتى لا يمكن التعرف على أحد. ”-“ تعني صفرا. لا تُعرض أي مجموعة فيها أقل من { $base } إجابات، ولا أي عدد أقل من { $cell }. والتقسيمات التي فيها رقم صغير جدا لا تُعرض إطلاقا.
codebook-weights = الأرقام غير مرجحة. من أجبن اخترن المشاركة بأنفسهن، لذلك تخصهن الأرقام وليس بالتأكيد كل النساء في البلدية.
codebook-breakdowns = التقسيمات
codebook-breakdown-by = { $name } ({ $question }): { $groups }
codebook-variables = المتغيرات
codebook-asked = يُطرح على: { $condition }
codebook-several-allowed = يمكن اختيار عدة إجابات.
codebook-several-at-most = يمكن اختيار { $number } إجابات كحد أقصى.
codebook-places = يُجاب عنه لما يصل إلى { $number } أماكن. يُخزن باسم { $names }.
codebook-text = نص حر. يُحفظ منفصلا عن الإجابات ولا يظهر في أي جدول.
codebook-suggestions = نص حر مع اقتراحات. الإجابة المطابقة لاقتراح تُخزن برمزه. ويُحفظ أي نص آخر منفصلا عن الإجابات.
codebook-sensitive = حساس: تُخفى الأصفار أيضا.
codebook-published-as = يُنشر فقط كشيء أو لا شيء، وفي مجموعات: { $groups }.
codebook-published-areas = يُنشر فقط في مجموعات: { $groups }.
codebook-derived = متغيرات محسوبة
codebook-share = الحصة: { $numerator }. الأساس: { $denominator }.
codebook-groups = تُحسب كل امرأة مرة واحدة لكل مجموعة من الإجابات في { $questions }.
codebook-first-of = أول ما ينطبق:
codebook-code = الرمز
codebook-label = الإجابة
codebook-group = المجموعة
codebook-variable = المتغير
codebook-stored-as = يُخزن باسم
codebook-type = النوع
codebook-condition = يُطرح على، أو القاعدة
codebook-scope = يخص
codebook-stored = إجابة مخزنة
codebook-answer-id = الاسم
codebook-missing = قيمة مفقودة
type-single = إجابة واحدة
type-several = عدة إجابات
type-text = نص حر
type-derived = محسوب
