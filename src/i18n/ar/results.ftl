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
group-unknown = غير معروف
