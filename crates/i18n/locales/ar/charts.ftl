### Texts of charts and of the tables beneath them.

## Flow of help.

chart-flow-title = تدفق المساعدة من مقدّميها إلى متلقّيها
chart-flow-description = { count-providers }، { count-states }. يتضمن الجدول أدناه الأرقام نفسها.
chart-flow-ribbon = { $provider } ← { $recipient }: { $amount }
chart-other = أخرى ({ $number })
chart-share_used = { $amount } · استُخدم { $share }
chart-share_asked = { $amount } · { $share } من المطلوب

## Other charts.

chart-heat-title = التغطية حسب المنطقة والمجال
chart-heat-description = حصة المساعدة المطلوبة التي توفرها الخطة. كلما ازدادت الخلية قتامة وكثافة كانت التغطية أفضل؛ والخلية الفارغة لم يُطلب فيها شيء.
chart-use-title = استخدام كل عرض
chart-use-description = ما تستخدمه الخطة من كل عرض وما يتبقى منه.
chart-life_cycle-title = دورة حياة إدارة المخزونات: ما ينقص
chart-life_cycle-description = ستة عناصر: القواعد، والهياكل والإجراءات، والتدريب، والموظفون، والتمويل، والبنية التحتية.
chart-progress-title = أفضل خطة والحد الأعلى عبر الزمن
chart-progress-description = ترتفع الخطة الموجودة وينخفض الحد الأعلى؛ وحيث يلتقيان تكون الخطة هي الأفضل بالبرهان.
chart-tradeoff-title = ما يكلفه هدفٌ هدفًا آخر
chart-tradeoff-description = كل نقطة عملية تشغيل. والنقاط التي يصلها الخط لا تتفوق عليها نقطة أخرى في الهدفين معًا.
chart-map-title = التغطية حسب الدولة والمنطقة الفرعية
chart-map-description = مربع لكل دولة، مجمّعة حسب المنطقة الفرعية. ولا تُظهر المربعات حدودًا ولا تنطوي على أي رأي بشأن وضع أي إقليم.

## Words of tables and axes.

chart-column-provider = الجهة المقدِّمة
chart-column-recipient = المتلقي
chart-column-amount = المبلغ
chart-column-region = المنطقة
chart-column-area = المجال
chart-column-state = الدولة
chart-column-offer = العرض
chart-column-coverage = التغطية
chart-column-total = المجموع
chart-column-time = الزمن
chart-column-best = أفضل خطة
chart-column-bound = الحد الأعلى
chart-column-run = التشغيل
chart-level-none = لا شيء
chart-level-full = الكل
