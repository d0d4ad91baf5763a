### Mail to people.

## Mail. Subjects are one line; the address of the page stands on a line of its own behind the text.

mail-greeting = السيد/السيدة { $name }،
mail-proposal-subject = مواءمة مقترحة: { $title }
mail-proposal-text = يقترح المنسق أن تساعد الجهة { $provider } الدولة { $recipient } في { $title }. يُرجى القبول أو الاستفسار أو الرفض قبل { $deadline }.
mail-decided-subject = قرار بشأن { $title }
mail-accepted-text = قبلت { $party } المواءمة المقترحة: { $title }.
mail-declined-text = رفضت { $party } المواءمة المقترحة: { $title }. السبب: { $reason }
mail-called-off-text = تراجعت { $party } عمّا اتُّفق عليه بشأن { $title }. السبب: { $reason }
mail-ended-subject = انتهت المواءمة المقترحة: { $title }
mail-request-withdrawn-text = سحبت { $party } طلبها { $title }، فانتهت معه المواءمة المقترحة.
mail-offer-withdrawn-text = سحبت { $party } عرضها، فانتهت معه المواءمة المقترحة: { $title }.
mail-request-expired-text = انتهت صلاحية الطلب { $title }، فانتهت معه المواءمة المقترحة.
mail-offer-expired-text = انتهت صلاحية العرض الذي تقوم عليه المواءمة المقترحة: { $title }، فانتهت معه.
mail-reason = السبب: { $reason }
mail-message-text = وردت رسالة جديدة بشأن المواءمة المقترحة: { $title }.
mail-changed-text = عُدّلت شروط المواءمة المقترحة: { $title }. يُرجى القبول أو الاستفسار أو الرفض قبل { $deadline }.
mail-lapsed-text = لم يردّ أحد في الموعد على المواءمة المقترحة: { $title }، فسقطت.
mail-unmatched-subject = لم تتم مواءمة طلبكم { $title } في الجولة { $round }
mail-unmatched-text = تبيّن الصفحة أدناه القاعدة التي حالت دون ذلك وما يمكن أن يغيّره.
mail-left_out-subject = طلبكم { $title } في الجولة { $round }: لم يُدرج كليًا أو جزئيًا
mail-left_out-text = { $reason } العنوان أدناه هو عنوان صفحة الجولة.
mail-package-invited-subject = دعوة إلى الانضمام إلى حزمة الطلبات { $title }
mail-package-invited-text = تدعو { $party } دولتكم إلى الانضمام إلى حزمة الطلبات المشتركة { $title }. وترى كل دولة منضمة طلبات الدول المنضمة الأخرى المعتمدة في الحزمة، وتُلبّى هذه الطلبات معًا أو لا تُلبّى. يُرجى الانضمام أو الرفض.
mail-package-subject = حزمة الطلبات { $title }
mail-package-joined-text = انضمت { $party } إلى حزمة الطلبات { $title }.
mail-package-declined-text = رفضت { $party } الانضمام إلى حزمة الطلبات { $title }. السبب: { $reason }
mail-package-left-text = غادرت { $party } حزمة الطلبات { $title }. وعادت طلباتها مستقلة.
mail-package-withdrawn-text = سحبت { $party } حزمة الطلبات { $title }. وعادت الطلبات التي كانت فيها مستقلة.
mail-invitation-subject = دعوة للتصرف باسم { $party }
mail-invitation-text = أنتم مدعوون للتصرف باسم { $party }. يتيح العنوان أدناه الدخول مرة واحدة خلال يوم واحد. وإن لم تكونوا تنتظرون ذلك فلا تفعلوا شيئًا.
mail-place-text = أنتم مدعوون للتصرف باسم { $party }، إضافة إلى من تتصرفون باسمهم حاليًّا. يتيح العنوان أدناه اختيار كلمة سر مرة واحدة خلال يوم واحد: وهذا يبيّن أنكم تقرؤون هذا البريد، وينهي جلساتكم، ويُعد قبولًا. ومن لديه عامل ثانٍ يُطلب منه رمزه هناك. وإن لم تكونوا تنتظرون ذلك فلا تفعلوا شيئًا.
mail-recovery-subject = تعيين كلمة سر جديدة
mail-recovery-text =
    { $minutes ->
        [zero] انتهت صلاحية العنوان أدناه.
        [one] استخدم العنوان أدناه خلال دقيقة واحدة. وإن لم تطلب ذلك فلا تفعل شيئًا.
        [two] استخدم العنوان أدناه خلال دقيقتين. وإن لم تطلب ذلك فلا تفعل شيئًا.
        [few] استخدم العنوان أدناه خلال { $minutes } دقائق. وإن لم تطلب ذلك فلا تفعل شيئًا.
        [many] استخدم العنوان أدناه خلال { $minutes } دقيقة. وإن لم تطلب ذلك فلا تفعل شيئًا.
       *[other] استخدم العنوان أدناه خلال { $minutes } دقيقة. وإن لم تطلب ذلك فلا تفعل شيئًا.
    }
