### The survey's own interface: frame, buttons, progress, errors, review. Not yet read by someone who knows the language.

## The frame of every page
frame-title = بلدية فارمدو
frame-skip = انتقلي إلى المحتوى
frame-owner = بلدية فارمدو، مجلس الأمان
frame-simulated = تدريب: الإجابات في هذا الحوار غير حقيقية.
frame-languages = اللغات
frame-about = عن الموقع
frame-support = الدعم والمساعدة
frame-privacy = كيف نتعامل مع إجاباتك
frame-new-tab = تُفتح الروابط في علامة تبويب جديدة.
frame-accessibility = إمكانية الوصول
exit-button = مغادرة الصفحة بسرعة
exit-prefix = زر الطوارئ:
exit-help = اضغطي على الزر أو على مفتاح Shift ثلاث مرات. تُستبدل الصفحة فورًا بموقع للطقس. لا يُمحى سجل المتصفح.

## The survey's screens
survey-title = استبيان – بلدية فارمدو
survey-heading = استبيان
survey-start = ابدئي
survey-next = التالي
survey-back = رجوع
survey-part = الجزء { $number } من { $parts }
survey-required = هذا السؤال يحتاج إلى إجابة.
survey-choose = اختاري من القائمة
survey-place = المكان { $number }
survey-write = اكتبي هنا
survey-long = { $max } حرف على الأكثر.
survey-too-many = اخترتِ أكثر من { $max }. احذفي أحد اختياراتك.
survey-too-long = النص أطول من { $max } حرفًا. اختصريه.
survey-alone = لا يمكن اختيار «{ $option }» مع خيارات أخرى.
survey-other = شيء آخر
survey-areas = اكتبي إحدى المناطق:
survey-areas-again = اكتبي إحدى المناطق المذكورة تحت «{ $question }»
survey-unreviewed = لم تُراجع هذه الترجمة بعد. النص السويدي هو المعتمد.

## Parts and questions that depend on earlier answers
survey-not-relevant = هذا الجزء لا يخصك حسب إجاباتك. تابعي بالزر أدناه.
survey-if = إذا { $what }:
survey-if-options = أجبتِ { $options } عن «{ $question }»
survey-if-not-options = لم تجيبي { $options } عن «{ $question }»
survey-if-some = اخترتِ شيئًا في «{ $question }»
survey-if-many = اخترتِ { $count } على الأقل في «{ $question }»
survey-if-added = أردتِ أن تخبرينا عن مكان آخر
survey-and = { $first } و{ $second }
survey-and-also = { $first }، و{ $second }
survey-or = { $first } أو { $second }
survey-quoted = «{ $text }»

## Screen-out
survey-out-title = هذا الاستبيان موجه إلى غيرك
survey-out-support = هل عمرك أقل من 18 سنة وتريدين التحدث مع أحد؟ اتصلي بمنظمة Bris على الرقم 116 111.
survey-out-change = تغيير الإجابة

## Review
survey-review = راجعي إجاباتك
survey-review-lead = لم يُرسل شيء بعد. يظهر هنا ما أجبتِ عنه فقط. يمكنك التغيير قبل الإرسال.
survey-review-long = الاستبيان كله في هذه الصفحة. عندما تنتهين من الإجابة راجعي إجاباتك.
survey-not-answered = لم تتم الإجابة
survey-needs-answer = يحتاج إلى إجابة قبل الإرسال
survey-change = تغيير: { $part }
survey-show = إظهار الإجابات في «{ $part }»
survey-final = لا يمكننا العثور على إجاباتك أو تغييرها أو حذفها بعد إرسالها.
survey-send = إرسال الإجابات

## Errors and notices
survey-faults = { $count ->
    [one] يوجد خطأ واحد يجب تصحيحه
    [two] يوجد خطآن يجب تصحيحهما
    [few] توجد { $count } أخطاء يجب تصحيحها
   *[other] يوجد { $count } خطأ يجب تصحيحه
}
survey-fault = خطأ:
survey-fault-missing = أجيبي عن السؤال «{ $question }»
survey-fault-too-many = اختاري { $max } على الأكثر في السؤال «{ $question }»
survey-fault-too-long = اكتبي { $max } حرفًا على الأكثر في السؤال «{ $question }»
survey-notice-kept-title = تعذر استلام الإجابات الآن
survey-notice-kept = إجاباتك ما زالت في هذه الصفحة. انتظري قليلًا ثم أرسلي مرة أخرى.
survey-offline = لا يوجد اتصال. إجاباتك ما زالت في هذه الصفحة. حاولي مرة أخرى.
survey-sending = جارٍ الإرسال
