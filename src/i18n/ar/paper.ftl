### The dialogue on paper: questionnaire, poster, cards. Not yet read by someone who knows the language.

paper-until = آخر موعد للإجابة: { $date }.
paper-page = صفحة { $page } من { $pages }
paper-case = رقم القضية { $case }
paper-qr = رمز QR يؤدي إلى { $address }

## How to fill it in
paper-how-title = كيف تملئين الاستبيان
paper-how-shapes = ضعي علامة × في المربع. إذا كانت الخانات دائرية فاختاري إجابة واحدة. وإذا كانت مربعة فيمكنكِ اختيار أكثر من إجابة.
paper-how-skip = عند بعض الأسئلة مكتوب من عليها الإجابة. تجاوزي الأسئلة الأخرى.
paper-how-write = اكتبي بوضوح. لا تكتبي اسمكِ على الورقة.
paper-how-codes = لا حاجة إلى الاهتمام بالأرقام الصغيرة بجانب الخانات. يستخدمها موظفو البلدية عند إدخال الإجابات.
paper-one = اختاري إجابة واحدة.
paper-many = يمكنكِ اختيار أكثر من إجابة.
paper-max = اختاري { $max } إجابات على الأكثر.
paper-write = اكتبي هنا:
paper-number = اكتبي الرقم من القائمة عند السؤال { $question }.
paper-number-chosen = اكتبي رقم إحدى إجاباتكِ عن السؤال { $question }.
paper-numbers = اكتبي { $max } أرقام على الأكثر من القائمة عند السؤال { $question }.
paper-stop = إذن هذا الاستبيان ليس موجهًا إليكِ. لا حاجة إلى الإجابة عن أسئلة أخرى.

## Routing
paper-if = أجيبي فقط إذا { $what }.
paper-if-options = أجبتِ { $options } عن السؤال { $question }
paper-if-not-options = لم تجيبي { $options } عن السؤال { $question }
paper-if-some = اخترتِ شيئًا في السؤال { $question }
paper-if-many = اخترتِ { $count } إجابات على الأقل في السؤال { $question }

## Handing in
paper-hand-in-title = كيف تسلمين الاستبيان
paper-hand-in = سلمي الاستبيان هنا: { $place }
paper-hand-in-here = سلمي الاستبيان حيث حصلتِ عليه.
paper-web = يمكنكِ الإجابة على الإنترنت بدلًا من ذلك: { $address }
paper-privacy = اقرئي كيف نتعامل مع الإجابات: { $address }
paper-thanks = شكرًا لكِ على إجاباتكِ

## Poster and cards
paper-scan = وجّهي كاميرا الهاتف نحو المربع، أو اكتبي العنوان في المتصفح.
paper-promise = الاستبيان مجهول الهوية وطوعي. يستغرق نحو { $minutes } دقائق.
paper-card-title = حوار مع المواطنين
paper-card-what = أجيبي عن استبيان من البلدية. الاستبيان مجهول الهوية ويستغرق نحو { $minutes } دقائق.
