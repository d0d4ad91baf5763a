### Phrases inside refusals.
## Phrases inside refusals. The key is the English phrase, written small with underscores.

## What a principal may do.

may-register_a_party = enregistrer une entité
may-change_a_party = modifier une entité
may-change_the_profile_of_a_party = modifier les régions et les groupes d’un État
may-read_the_audit_log = consulter le journal d’audit
may-see_members = voir les membres
may-manage_members = gérer les membres
may-manage_tokens = gérer les jetons
may-manage_webhooks = gérer les notifications automatiques
may-register_a_request = enregistrer une demande
may-change_a_request = modifier une demande
may-endorse_a_request = approuver une demande
may-submit_a_request = soumettre une demande
may-return_a_request = renvoyer une demande
may-authenticate_a_request = authentifier une demande
may-circulate_a_request = diffuser une demande
may-revise_a_request = réviser une demande
may-prolong_a_request = prolonger une demande
may-withdraw_a_request = retirer une demande
may-expire_a_request = déclarer une demande expirée
may-open_a_package = ouvrir un ensemble de demandes
may-invite_to_a_package = inviter à un ensemble de demandes
may-withdraw_a_package = retirer un ensemble de demandes
may-join_a_package = rejoindre un ensemble de demandes
may-decline_a_package = refuser de rejoindre un ensemble de demandes
may-leave_a_package = quitter un ensemble de demandes
may-register_an_offer = enregistrer une offre
may-change_an_offer = modifier une offre
may-submit_an_offer = soumettre une offre
may-confirm_an_offer = confirmer une offre
may-withdraw_an_offer = retirer une offre
may-expire_an_offer = déclarer une offre expirée
may-register_a_programme = enregistrer un programme
may-change_a_programme = modifier un programme
may-confirm_a_programme = confirmer un programme
may-keep_the_catalogue = tenir le catalogue
may-take_a_national_report_in = verser un rapport national au registre
may-read_findings = consulter les constatations
may-keep_funding_channels = tenir les canaux de financement
may-prepare_a_round = préparer un cycle
may-freeze_a_round = figer un cycle
may-publish_a_round = publier un cycle
may-prepare_a_scenario = préparer un scénario
may-run_a_scenario = exécuter un scénario
may-admit_an_observer = admettre un observateur
may-read_why_a_request_went_without = consulter pourquoi une demande n’a pas été satisfaite
may-write_about_a_proposal = écrire au sujet d’un appariement proposé
may-change_a_proposal = modifier un appariement proposé
may-assess_a_proposal = évaluer un appariement proposé
may-answer_a_proposal = répondre à un appariement proposé
may-write_a_commitment = consigner un engagement
may-call_off_what_was_agreed = renoncer à ce qui a été convenu
may-enter_a_disbursement = inscrire un décaissement
may-confirm_a_delivery = confirmer une livraison
may-evaluate_a_commitment = évaluer un engagement
may-cancel_a_commitment = annuler un engagement
may-file_a_document = déposer un document
may-read_a_whole_run = consulter un calcul en entier
may-try_out_a_sandbox = essayer un bac à sable
may-import_tables = importer des tableaux
may-change_a_password_without_the_current_one = changer de mot de passe sans le mot de passe actuel
may-act_as_a_person = agir en tant que personne
may-come_in_without_the_second_factor_that_your_organisation_has_asked_for = entrer sans le second facteur que votre organisation a demandé

## What is meant.

thing-party = entité
thing-state = État
thing-provider = fournisseur
thing-coordinator = coordonnateur
thing-observer = observateur
thing-person = personne
thing-credential = moyen d’accès
thing-token = jeton
thing-second_factor = second facteur
thing-membership = adhésion
thing-webhook = notification automatique
thing-delivery = envoi
thing-mail = courriel
thing-request = demande
thing-component = composante
thing-package = ensemble de demandes
thing-offer = offre
thing-programme = programme existant
thing-item = article du catalogue
thing-channel = canal
thing-report = rapport
thing-import = importation
thing-table = tableau
thing-document = document déposé
thing-round = cycle
thing-scenario = scénario
thing-run = calcul
thing-sweep = série de calculs
thing-proposal = appariement proposé
thing-commitment = engagement
thing-outcome = résultat
thing-shortfall = besoin non satisfait
thing-address = adresse
thing-resource = ressource
thing-file = fichier
thing-step_of_a_request = étape d’une demande
thing-step_of_an_offer = étape d’une offre
thing-step_of_a_package = étape d’un ensemble de demandes
thing-step_of_a_round = étape d’un cycle
thing-step_of_a_proposal = étape d’un appariement proposé
thing-step_of_a_commitment = étape d’un engagement
thing-result_of_run = résultat du calcul
thing-finished_run_of_this_round = calcul terminé de ce cycle
thing-component_or_offer_of_proposal = composante ou offre de l’appariement proposé

## Where something stands.

state-draft = projet
state-endorsed = approuvé
state-submitted = soumis
state-returned = renvoyé
state-authenticated = authentifié
state-circulated = diffusé
state-in_round = dans un cycle
state-partly_met = satisfait en partie
state-met = satisfait
state-withdrawn = retiré
state-expired = expiré
state-confirmed = confirmé
state-available = disponible
state-reserved = réservé en partie
state-exhausted = épuisé
state-open = ouvert
state-frozen = figé
state-published = publié
state-decided = décidé
state-closed = clos
state-queued = en attente de calcul
state-running = en cours
state-succeeded = réussi
state-limit = arrêté par une limite
state-infeasible = sans plan possible
state-failed = échoué
state-cancelled = annulé
state-proposed = proposé
state-agreed = convenu
state-declined = décliné
state-lapsed = caduc
state-committed = engagé
state-disbursing = en cours de décaissement
state-delivered = livré
state-evaluated = évalué
state-waiting = en attente
state-invited = invité
state-joined = participant
state-left = sorti
state-ended = terminé
state-active = actif
state-suspended = suspendu
state-stopped = arrêté
state-retired = mis hors service
state-in_use = en service
state-run = déjà calculé

## Steps.

step-endorse = approuver
step-submit = soumettre
step-return = renvoyer
step-authenticate = authentifier
step-circulate = diffuser
step-revise = réviser
step-withdraw = retirer
step-expire = déclarer expiré
step-invite = inviter
step-join = rejoindre
step-leave = quitter
step-confirm = confirmer
step-freeze = figer
step-publish = publier
step-decide = décider
step-close = clore
step-accept = accepter
step-decline = décliner
step-change = modifier
step-rewrite = réécrire
step-assess = apprécier
step-commit = s’engager
step-call_off = renoncer
step-disburse = décaisser
step-deliver = livrer
step-evaluate = évaluer
step-cancel = annuler
step-set_up = mettre en place
step-send_to_a_webhook = envoyer une notification automatique

## What is measured, with its unit.

what-text_bytes = texte (octets)
what-body_bytes = corps (octets)
what-tables_bytes = tableaux (octets)
what-document_bytes = document (octets)
what-message_bytes = message (octets)
what-snapshot_bytes = instantané (octets)
what-idempotency_key_bytes = clé d’idempotence (octets)
what-documents = documents déposés
what-more = davantage
what-webhooks = notifications automatiques
what-components = composantes
what-areas = domaines
what-scopes = autorisations
what-parties_named = entités désignées
what-chain_of_bases = chaîne de scénarios de base
what-problems_of_a_sweep_bytes = problèmes d’une série de calculs (octets)
what-the_external_id_of_a_request = l’external_id d’une demande
what-the_reference_of_a_request = la référence d’une demande
what-the_reference_of_a_component = la référence d’une composante
what-the_external_id_of_an_offer = l’external_id d’une offre
what-the_reference_of_an_offer = la référence d’une offre
what-the_external_id_of_a_programme = l’external_id d’un programme
what-the_reference_of_a_programme = la référence d’un programme
what-the_code_of_a_channel = le code d’un canal
what-the_code_of_an_item = le code d’un article du catalogue
what-the_code_of_a_party = le code d’une entité
what-the_address_of_a_person = l’adresse d’une personne
what-the_name_of_a_scenario_in_its_round = le nom d’un scénario dans son cycle
what-the_published_run_of_a_round = le calcul publié d’un cycle
what-the_proposal_of_this_match = la proposition de cet appariement
what-the_commitment_of_a_proposal = l’engagement d’un appariement proposé
what-the_outcome_of_a_commitment = le résultat d’un engagement
what-the_report_of_a_state_for_this_year = le rapport national d’un État pour cette année
what-the_account_of_a_person_at_their_sign_in_service = le compte d’une personne auprès de son service de connexion
what-a_value_that_must_be_unique = une valeur qui doit être unique

## Rules of the register.

broken-second_factors_and_webhooks_need_a_key_of_the_operator_s_access_key_file = un second facteur ou une notification automatique exige une clé de l’exploitant (access.key_file)
broken-this_is_not_the_code_of_the_moment = ce code n’est pas celui du moment
broken-a_report_stands_before_it_is_signed = un rapport doit exister avant d’être signé
broken-only_a_run_with_a_plan_is_published = seul un calcul assorti d’un plan est publié
broken-proposals_still_wait_for_an_answer = des appariements proposés attendent encore une réponse
broken-the_request_is_withdrawn = la demande est retirée
broken-the_request_is_expired = la demande a expiré
broken-the_offer_is_withdrawn = l’offre est retirée
broken-the_offer_is_expired = l’offre a expiré
broken-the_last_manager_of_a_party_stays_one_until_there_is_another = le dernier gestionnaire d’une partie le reste tant qu’il n’y en a pas d’autre
broken-who_opened_a_package_withdraws_it_instead_of_leaving_it = qui a ouvert un ensemble de demandes le retire au lieu de le quitter
broken-a_round_that_is_not_decided_yet_holds_requests_of_the_package = un cycle non encore décidé contient des demandes de l’ensemble
broken-equipment_technology_and_software_are_accepted_once_their_suitability_is_assessed_101 = le matériel, la technologie et les logiciels ne sont acceptés qu’une fois leur adéquation évaluée (§ 101)
broken-the_assessment_recorded_says_that_it_is_not_suitable_and_sustainable_101 = selon l’évaluation enregistrée, cela n’est pas adapté et durable (§ 101)
broken-another_proposal_of_the_round_is_for_that_period = un autre appariement proposé du cycle porte sur cette période
broken-with_these_terms_the_plan_breaks = à ces conditions, le plan enfreint
broken-no_more_is_disbursed_than_was_promised = on ne décaisse pas plus que ce qui a été promis
broken-no_more_is_delivered_than_was_agreed = il n’est pas livré plus que ce qui a été convenu
broken-the_component_does_not_need_that_much_any_more = la composante n’a plus besoin d’autant
broken-the_offer_does_not_hold_that_much_any_more = l’offre ne contient plus autant
broken-a_component_that_help_is_committed_to_stays = une composante pour laquelle une aide est engagée est maintenue
broken-this_is_for_sandboxes_alone = ceci est réservé aux bacs à sable
broken-only_what_a_sandbox_holds_is_wiped = seul le contenu d’un bac à sable est effacé

## What is expected in a place.

expected-an_object = un objet
expected-an_id_of_the_table_of_requests = un identifiant du tableau des demandes
expected-an_id_of_the_table_of_offers = un identifiant du tableau des offres
expected-true_or_false = true ou false, sans guillemets
expected-a_list = une liste
expected-a_table = un tableau
expected-a_text_between_quotation_marks = un texte entre guillemets
expected-a_whole_number = un nombre entier
expected-a_whole_number_without_quotation_marks = un nombre entier sans guillemets
expected-a_whole_number_from_0_to_18446744073709551615 = un nombre entier de 0 à 18446744073709551615
expected-a_number_of_permille_from_0_upwards = un nombre de millièmes, à partir de 0
expected-a_list_with_a_result_for_each_indicator = une liste comportant un résultat par indicateur
expected-a_list_of_five_whole_numbers_priority_1_first = une liste de cinq nombres entiers, en commençant par la priorité 1
expected-a_list_of_goals = une liste d’objectifs
expected-a_list_of_ids = une liste d’identifiants
expected-an_id_between_quotation_marks = un identifiant entre guillemets
expected-a_relative_path_between_quotation_marks = un chemin relatif entre guillemets
expected-a_goal_such_as_goal_coverage = un objectif écrit ainsi : { "{" } goal = "coverage" { "}" }
expected-a_document_of_settings = un document de réglages
expected-a_pdf_file_from_pdf_to_eof = un fichier PDF, de %PDF- à %%EOF
expected-an_address_of_mail = une adresse électronique
expected-the_next_of_a_page_in_the_same_order = la valeur `next` d’une page dans le même ordre
expected-the_next_of_a_page = la valeur `next` d’une page
expected-the_etag_of_what_is_changed_such_as_3 = la valeur ETag de ce qui est modifié, par exemple "3"
expected-a_key_of_your_own_choice_needed_for_decisions = une clé de votre choix, obligatoire pour les décisions
expected-the_number_of_an_event = le numéro d’un événement
expected-exactly_one_of_request_offer_proposal_and_commitment = un seul des paramètres request (demande), offer (offre), proposal (appariement proposé) et commitment (engagement)
expected-a_set_of_known_parameters = une série de paramètres connus
expected-the_kind_of_the_subject_that_is_named = le type de l’objet indiqué
expected-a_moment_such_as_2026_01_15t09_00_00z = un instant tel que 2026-01-15T09:00:00Z
expected-a_day_such_as_2026_01_15 = un jour tel que 2026-01-15

## Why a text is not what it should be.

because-is_empty = est vide
because-is_longer_than_100_characters = dépasse 100 caractères
because-it_is_no_address_with_a_host_such_as_https_example_org_needmatch = ce n’est pas une adresse avec un nom d’hôte, comme https://example.org/needmatch
because-it_has_a_user_name_a_password_or_a_fragment = elle contient un nom d’utilisateur, un mot de passe ou un fragment
because-it_does_not_begin_with_https = elle ne commence pas par https://
because-its_host_is_no_public_one = son hôte n’est pas public
because-it_did_not_come_in_time = il n’est pas arrivé à temps
because-it_broke_off_on_the_way = il s’est interrompu en chemin

## What the check of a problem finds.

freeze-wrong-at_least_one_period = il faut au moins une période
freeze-wrong-at_least_one_goal = il faut au moins un objectif
freeze-wrong-must_be_sorted_without_duplicates = doit être trié, sans doublons
freeze-wrong-is_no_rule_of_the_plan_or_may_not_be_relaxed = n’est pas une règle du plan, ou ne peut être assouplie
freeze-wrong-every_rule_of_the_plan = toutes les règles du plan doivent figurer
freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12 = give de 0 à 1000, provider_cost de 0 à 10^12
freeze-wrong-periods_in_order_inside_the_horizon_amounts_0_to_10_12 = périodes en ordre dans l’horizon, montants de 0 à 10^12
freeze-wrong-state_outside_the_table_of_states = État absent de la table des États
freeze-wrong-weights_and_scores_0_to_10_12 = poids et scores de 0 à 10^12
freeze-wrong-sdg_targets_sorted_without_duplicates = sdg_targets triées, sans doublons
freeze-wrong-an_obstacle_s_mitigation_must_be_a_component_of_the_same_request = ce qui atténue un obstacle doit être une composante de la même demande
freeze-wrong-request_outside_the_table_of_requests = demande absente de la table des demandes
freeze-wrong-outstanding_minimum_and_unit_cost_at_least_1_minimum_at_most_outstanding = outstanding, minimum et unit_cost au moins 1, minimum au plus outstanding
freeze-wrong-requires_other_components_sorted = requires : d’autres composantes, triées
freeze-wrong-pairs_sorted_ranges_apart_inside_their_tables_draw_at_least_1 = paires triées, plages disjointes et dans leurs tables, draw au moins 1
freeze-wrong-provider_outside_the_table_of_providers = fournisseur absent de la table des fournisseurs
freeze-wrong-amounts_0_to_10_12_delivery_permille_1_to_1000000 = montants de 0 à 10^12, delivery_permille de 1 à 1000000
freeze-wrong-per_period_one_amount_a_period = per_period : un montant par période
freeze-wrong-amount_period_and_states_inside_their_bounds = montant, période et États dans leurs limites
freeze-wrong-sorted_by_region = trié par région
freeze-wrong-share_0_to_1000_states_of_the_problem = share de 0 à 1000, États du problème
freeze-wrong-an_eligible_pair_and_a_quantity_of_at_least_1 = une paire admissible et une quantité d’au moins 1

## What a problem sums up.

freeze-sum-score = des scores
freeze-sum-cost = des coûts
freeze-sum-draw = des prélèvements
freeze-sum-priority_weights = des poids des priorités
freeze-sum-sustainability = de la durabilité
freeze-sum-economy = de l’économie
