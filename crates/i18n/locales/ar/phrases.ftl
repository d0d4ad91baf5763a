### Phrases inside refusals.
## Phrases inside refusals. The key is the English phrase, written small with underscores.

## What a principal may do.

may-register_a_party = تسجيل جهة
may-change_a_party = تعديل بيانات جهة
may-change_the_profile_of_a_party = تعديل مناطق دولة ومجموعاتها
may-read_the_audit_log = الاطلاع على سجل المراجعة
may-see_members = الاطلاع على الأعضاء
may-manage_members = إدارة الأعضاء
may-manage_tokens = إدارة رموز الدخول
may-manage_webhooks = إدارة الإشعارات الآلية
may-register_a_request = تسجيل طلب
may-change_a_request = تعديل طلب
may-endorse_a_request = إقرار طلب
may-submit_a_request = تقديم طلب
may-return_a_request = إعادة طلب
may-authenticate_a_request = توثيق طلب
may-circulate_a_request = تعميم طلب
may-revise_a_request = تنقيح طلب
may-prolong_a_request = تمديد صلاحية طلب
may-withdraw_a_request = سحب طلب
may-expire_a_request = إعلان انتهاء صلاحية طلب
may-open_a_package = فتح حزمة طلبات
may-invite_to_a_package = الدعوة إلى حزمة طلبات
may-withdraw_a_package = سحب حزمة طلبات
may-join_a_package = الانضمام إلى حزمة طلبات
may-decline_a_package = رفض الانضمام إلى حزمة طلبات
may-leave_a_package = مغادرة حزمة طلبات
may-register_an_offer = تسجيل عرض
may-change_an_offer = تعديل عرض
may-submit_an_offer = تقديم عرض
may-confirm_an_offer = تأكيد عرض
may-withdraw_an_offer = سحب عرض
may-expire_an_offer = إعلان انتهاء صلاحية عرض
may-register_a_programme = تسجيل برنامج
may-change_a_programme = تعديل برنامج
may-confirm_a_programme = تأكيد برنامج
may-keep_the_catalogue = مسك الفهرس
may-take_a_national_report_in = إدخال تقرير وطني
may-read_findings = الاطلاع على الملاحظات
may-keep_funding_channels = مسك قنوات التمويل
may-prepare_a_round = إعداد جولة
may-freeze_a_round = تجميد جولة
may-publish_a_round = نشر جولة
may-prepare_a_scenario = إعداد سيناريو
may-run_a_scenario = تشغيل سيناريو
may-admit_an_observer = قبول مراقب
may-read_why_a_request_went_without = الاطلاع على سبب عدم تلبية طلب
may-write_about_a_proposal = الكتابة بشأن مواءمة مقترحة
may-change_a_proposal = تعديل مواءمة مقترحة
may-assess_a_proposal = تقييم مواءمة مقترحة
may-answer_a_proposal = الرد على مواءمة مقترحة
may-write_a_commitment = تدوين التزام
may-call_off_what_was_agreed = التراجع عمّا اتُّفق عليه
may-enter_a_disbursement = قيد صرف
may-confirm_a_delivery = تأكيد تسليم
may-evaluate_a_commitment = تقييم التزام
may-cancel_a_commitment = إلغاء التزام
may-file_a_document = إيداع مستند
may-read_a_whole_run = الاطلاع على عملية حساب كاملة
may-try_out_a_sandbox = تجربة بيئة تجريبية
may-import_tables = استيراد الجداول
may-change_a_password_without_the_current_one = تغيير كلمة السر من دون الكلمة الحالية
may-act_as_a_person = التصرف بصفة شخص
may-come_in_without_the_second_factor_that_your_organisation_has_asked_for = الدخول من دون العامل الثاني الذي طلبته مؤسستكم

## What is meant.

thing-party = جهة
thing-state = دولة
thing-provider = جهة مقدِّمة
thing-coordinator = منسق
thing-observer = مراقب
thing-person = شخص
thing-credential = وسيلة دخول
thing-token = رمز دخول
thing-second_factor = العامل الثاني
thing-membership = عضوية
thing-webhook = إشعار آلي
thing-delivery = إرسال
thing-mail = رسالة بريد
thing-request = طلب
thing-component = مكوّن
thing-package = حزمة طلبات
thing-offer = عرض
thing-programme = برنامج
thing-item = صنف
thing-channel = قناة
thing-report = تقرير
thing-import = استيراد
thing-table = جدول
thing-document = مستند
thing-round = جولة
thing-scenario = سيناريو
thing-run = عملية حساب
thing-sweep = سلسلة عمليات حساب
thing-proposal = مواءمة مقترحة
thing-commitment = التزام
thing-outcome = نتيجة
thing-shortfall = حاجة غير ملبّاة
thing-address = عنوان
thing-resource = مورد
thing-file = ملف
thing-step_of_a_request = خطوة من خطوات الطلب
thing-step_of_an_offer = خطوة من خطوات العرض
thing-step_of_a_package = خطوة من خطوات حزمة الطلبات
thing-step_of_a_round = خطوة من خطوات الجولة
thing-step_of_a_proposal = خطوة من خطوات المواءمة المقترحة
thing-step_of_a_commitment = خطوة من خطوات الالتزام
thing-result_of_run = نتيجة عملية الحساب
thing-finished_run_of_this_round = عملية حساب منتهية من هذه الجولة
thing-component_or_offer_of_proposal = مكوّن أو عرض في المواءمة المقترحة

## Where something stands.

state-draft = مسودة
state-endorsed = مُقرّ
state-submitted = مقدَّم
state-returned = مُعاد
state-authenticated = موثَّق
state-circulated = معمَّم
state-in_round = مشمول بجولة
state-partly_met = ملبّى جزئيًّا
state-met = ملبّى
state-withdrawn = مسحوب
state-expired = منتهي الصلاحية
state-confirmed = مؤكَّد
state-available = متاح
state-reserved = محجوز جزئيًّا
state-exhausted = مستنفَد
state-open = مفتوح
state-frozen = مجمَّد
state-published = منشور
state-decided = محسوم
state-closed = مغلق
state-queued = في الانتظار
state-running = قيد التنفيذ
state-succeeded = ناجح
state-limit = موقوف عند حد
state-infeasible = لا خطة ممكنة
state-failed = فاشل
state-cancelled = ملغى
state-proposed = مقترح
state-agreed = متفق عليه
state-declined = مرفوض
state-lapsed = ساقط بمضي المدة
state-committed = ملتزَم به
state-disbursing = قيد الصرف
state-delivered = مسلَّم
state-evaluated = مقيَّم
state-waiting = منتظر
state-invited = مدعو
state-joined = منضم
state-left = مغادر
state-ended = منتهٍ
state-active = نشط
state-suspended = معلَّق
state-stopped = موقوف
state-retired = خارج الاستعمال
state-in_use = قيد الاستعمال
state-run = محسوب

## Steps.

step-endorse = الإقرار
step-submit = التقديم
step-return = الإعادة
step-authenticate = التوثيق
step-circulate = التعميم
step-revise = التنقيح
step-withdraw = السحب
step-expire = إعلان انتهاء الصلاحية
step-invite = الدعوة
step-join = الانضمام
step-leave = المغادرة
step-confirm = التأكيد
step-freeze = التجميد
step-publish = النشر
step-decide = الحسم
step-close = الإغلاق
step-accept = القبول
step-decline = الرفض
step-change = التعديل
step-rewrite = إعادة الكتابة
step-assess = التقدير
step-commit = الالتزام
step-call_off = التراجع
step-disburse = الصرف
step-deliver = التسليم
step-evaluate = التقييم
step-cancel = الإلغاء
step-set_up = الإعداد
step-send_to_a_webhook = إرسال إشعار آلي

## What is measured, with its unit.

what-text_bytes = النص (بالبايت)
what-body_bytes = نص الرسالة (بالبايت)
what-tables_bytes = الجداول (بالبايت)
what-document_bytes = المستند (بالبايت)
what-message_bytes = الرسالة (بالبايت)
what-snapshot_bytes = اللقطة (بالبايت)
what-idempotency_key_bytes = مفتاح عدم التكرار (بالبايت)
what-documents = المستندات
what-more = أكثر
what-webhooks = الإشعارات الآلية
what-components = المكوّنات
what-areas = المجالات
what-scopes = الصلاحيات
what-parties_named = الجهات المسماة
what-chain_of_bases = سلسلة السيناريوهات الأساسية
what-problems_of_a_sweep_bytes = مسائل سلسلة عمليات الحساب (بالبايت)
what-the_external_id_of_a_request = معرّف الطلب لدى صاحبه (external_id)
what-the_reference_of_a_request = مرجع الطلب
what-the_reference_of_a_component = مرجع المكوّن
what-the_external_id_of_an_offer = معرّف العرض لدى صاحبه (external_id)
what-the_reference_of_an_offer = مرجع العرض
what-the_external_id_of_a_programme = معرّف البرنامج لدى صاحبه (external_id)
what-the_reference_of_a_programme = مرجع البرنامج
what-the_code_of_a_channel = رمز القناة
what-the_code_of_an_item = رمز الصنف
what-the_code_of_a_party = رمز الجهة
what-the_address_of_a_person = عنوان الشخص
what-the_name_of_a_scenario_in_its_round = اسم السيناريو في الجولة
what-the_published_run_of_a_round = عملية الحساب المنشورة للجولة
what-the_proposal_of_this_match = المواءمة المقترحة نفسها
what-the_commitment_of_a_proposal = التزام المواءمة المقترحة
what-the_outcome_of_a_commitment = نتيجة الالتزام
what-the_report_of_a_state_for_this_year = التقرير الوطني للدولة لهذه السنة
what-the_account_of_a_person_at_their_sign_in_service = حساب الشخص لدى خدمة الدخول الخاصة به
what-a_value_that_must_be_unique = قيمة يجب أن تكون فريدة

## Rules of the register.

broken-second_factors_and_webhooks_need_a_key_of_the_operator_s_access_key_file = يتطلب العامل الثاني والإشعارات الآلية مفتاحًا من المشغّل (access.key_file)
broken-this_is_not_the_code_of_the_moment = هذا ليس الرمز الصالح الآن
broken-a_report_stands_before_it_is_signed = يجب أن يوجد التقرير قبل توقيعه
broken-only_a_run_with_a_plan_is_published = لا تُنشر إلا عملية حساب لها خطة
broken-proposals_still_wait_for_an_answer = مواءمات مقترحة ما زالت تنتظر الرد
broken-the_request_is_withdrawn = الطلب مسحوب
broken-the_request_is_expired = الطلب منتهي الصلاحية
broken-the_offer_is_withdrawn = العرض مسحوب
broken-the_offer_is_expired = العرض منتهي الصلاحية
broken-the_last_manager_of_a_party_stays_one_until_there_is_another = يبقى آخر مدير للطرف مديرا إلى أن يكون هناك غيره
broken-who_opened_a_package_withdraws_it_instead_of_leaving_it = من فتح حزمة طلبات يسحبها ولا يغادرها
broken-a_round_that_is_not_decided_yet_holds_requests_of_the_package = جولة لم يُبتّ فيها بعد تضم طلبات من هذه الحزمة
broken-equipment_technology_and_software_are_accepted_once_their_suitability_is_assessed_101 = لا تُقبل المعدات والتكنولوجيا والبرمجيات إلا بعد تقييم ملاءمتها (الفقرة 101)
broken-the_assessment_recorded_says_that_it_is_not_suitable_and_sustainable_101 = يفيد التقييم المسجل بأن ذلك ليس ملائمًا ومستدامًا (الفقرة 101)
broken-another_proposal_of_the_round_is_for_that_period = مواءمة مقترحة أخرى من الجولة تخص تلك الفترة
broken-with_these_terms_the_plan_breaks = بهذه الشروط تخالف الخطة ما يلي
broken-no_more_is_disbursed_than_was_promised = لا يُصرف أكثر مما وُعد به
broken-no_more_is_delivered_than_was_agreed = لا يُسلَّم أكثر مما اتُّفق عليه
broken-the_component_does_not_need_that_much_any_more = لم يعد المكوّن بحاجة إلى هذا القدر
broken-the_offer_does_not_hold_that_much_any_more = لم يعد في العرض هذا القدر
broken-a_component_that_help_is_committed_to_stays = المكوّن الذي التُزم بمساعدته يبقى
broken-this_is_for_sandboxes_alone = هذا متاح للبيئات التجريبية وحدها
broken-only_what_a_sandbox_holds_is_wiped = لا يُمحى إلا ما تحتويه بيئة تجريبية

## What is expected in a place.

expected-an_object = كائن
expected-an_id_of_the_table_of_requests = معرّف من جدول الطلبات
expected-an_id_of_the_table_of_offers = معرّف من جدول العروض
expected-true_or_false = إحدى القيمتين true أو false من دون علامات اقتباس
expected-a_list = قائمة
expected-a_table = جدول
expected-a_text_between_quotation_marks = نص بين علامتي اقتباس
expected-a_whole_number = عدد صحيح
expected-a_whole_number_without_quotation_marks = عدد صحيح من دون علامات اقتباس
expected-a_whole_number_from_0_to_18446744073709551615 = عدد صحيح من 0 إلى 18446744073709551615
expected-a_number_of_permille_from_0_upwards = عدد من الأجزاء الألفية لا يقل عن 0
expected-a_list_with_a_result_for_each_indicator = قائمة فيها نتيجة لكل مؤشر
expected-a_list_of_five_whole_numbers_priority_1_first = قائمة من خمسة أعداد صحيحة تبدأ بالأولوية 1
expected-a_list_of_goals = قائمة أهداف
expected-a_list_of_ids = قائمة معرّفات
expected-an_id_between_quotation_marks = معرّف بين علامتي اقتباس
expected-a_relative_path_between_quotation_marks = مسار نسبي بين علامتي اقتباس
expected-a_goal_such_as_goal_coverage = هدف مكتوب على هذا النحو: { "{" } goal = "coverage" { "}" }
expected-a_document_of_settings = مستند إعدادات
expected-a_pdf_file_from_pdf_to_eof = ملف PDF من %PDF- إلى %%EOF
expected-an_address_of_mail = عنوان بريد إلكتروني
expected-the_next_of_a_page_in_the_same_order = قيمة `next` من صفحة بالترتيب نفسه
expected-the_next_of_a_page = قيمة `next` من إحدى الصفحات
expected-the_etag_of_what_is_changed_such_as_3 = قيمة ETag لما يجري تعديله، مثل "3"
expected-a_key_of_your_own_choice_needed_for_decisions = مفتاح من اختيارك، وهو لازم للقرارات
expected-the_number_of_an_event = رقم حدث
expected-exactly_one_of_request_offer_proposal_and_commitment = معامل واحد فقط من المعاملات التالية: request (الطلب) وoffer (العرض) وproposal (المواءمة المقترحة) وcommitment (الالتزام)
expected-a_set_of_known_parameters = مجموعة معاملات معروفة
expected-the_kind_of_the_subject_that_is_named = نوع العنصر المذكور
expected-a_moment_such_as_2026_01_15t09_00_00z = لحظة زمنية مثل 2026-01-15T09:00:00Z
expected-a_day_such_as_2026_01_15 = يوم مثل 2026-01-15

## Why a text is not what it should be.

because-is_empty = فارغ
because-is_longer_than_100_characters = أطول من 100 حرف
because-it_is_no_address_with_a_host_such_as_https_example_org_needmatch = ليس عنوانًا يتضمن اسم المضيف، ومثال ذلك https://example.org/needmatch
because-it_has_a_user_name_a_password_or_a_fragment = يتضمن اسم مستخدم أو كلمة سر أو جزءًا لاحقًا
because-it_does_not_begin_with_https = لا يبدأ بما يلي https://
because-its_host_is_no_public_one = مضيفه ليس عامًّا
because-it_did_not_come_in_time = لم يصل في الوقت المناسب
because-it_broke_off_on_the_way = انقطع وصوله في الطريق

## What the check of a problem finds.

freeze-wrong-at_least_one_period = تلزم فترة واحدة على الأقل
freeze-wrong-at_least_one_goal = يلزم هدف واحد على الأقل
freeze-wrong-must_be_sorted_without_duplicates = يجب أن تكون الصفوف مرتّبة بلا تكرار
freeze-wrong-is_no_rule_of_the_plan_or_may_not_be_relaxed = ليست قاعدة من قواعد الخطة، أو لا يجوز تخفيفها
freeze-wrong-every_rule_of_the_plan = يجب أن ترد كل قواعد الخطة
freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12 = يجب أن تكون قيمة give بين 0 و1000 وأن تكون قيمة provider_cost بين 0 و10^12
freeze-wrong-periods_in_order_inside_the_horizon_amounts_0_to_10_12 = فترات مرتّبة داخل الأفق الزمني ومبالغ من 0 إلى 10^12
freeze-wrong-state_outside_the_table_of_states = دولة غير واردة في جدول الدول
freeze-wrong-weights_and_scores_0_to_10_12 = أوزان ودرجات من 0 إلى 10^12
freeze-wrong-sdg_targets_sorted_without_duplicates = sdg_targets مرتّبة بلا تكرار
freeze-wrong-an_obstacle_s_mitigation_must_be_a_component_of_the_same_request = ما يخفّف العائق يجب أن يكون مكوّنًا من الطلب نفسه
freeze-wrong-request_outside_the_table_of_requests = طلب غير وارد في جدول الطلبات
freeze-wrong-outstanding_minimum_and_unit_cost_at_least_1_minimum_at_most_outstanding = outstanding وminimum وunit_cost لا تقل عن 1، وminimum لا يتجاوز outstanding
freeze-wrong-requires_other_components_sorted = requires: مكوّنات أخرى مرتّبة
freeze-wrong-pairs_sorted_ranges_apart_inside_their_tables_draw_at_least_1 = أزواج مرتّبة، ونطاقات غير متداخلة وداخل جداولها، وdraw لا يقل عن 1
freeze-wrong-provider_outside_the_table_of_providers = جهة مقدِّمة غير واردة في جدولها
freeze-wrong-amounts_0_to_10_12_delivery_permille_1_to_1000000 = مبالغ من 0 إلى 10^12، وdelivery_permille من 1 إلى 1000000
freeze-wrong-per_period_one_amount_a_period = per_period: مبلغ واحد لكل فترة
freeze-wrong-amount_period_and_states_inside_their_bounds = مبلغ وفترة ودول ضمن حدودها
freeze-wrong-sorted_by_region = مرتّبة بحسب المنطقة
freeze-wrong-share_0_to_1000_states_of_the_problem = share من 0 إلى 1000 ودول من المسألة
freeze-wrong-an_eligible_pair_and_a_quantity_of_at_least_1 = زوج مؤهَّل وكمية لا تقل عن 1

## What a problem sums up.

freeze-sum-score = الدرجات
freeze-sum-cost = التكاليف
freeze-sum-draw = المسحوبات
freeze-sum-priority_weights = أوزان الأولويات
freeze-sum-sustainability = الاستدامة
freeze-sum-economy = الاقتصاد في الموارد
