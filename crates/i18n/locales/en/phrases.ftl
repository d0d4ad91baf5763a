### Phrases inside refusals.
## Phrases inside refusals. The key is the English phrase, written small with underscores.

## What a principal may do.

may-register_a_party = register a party
may-change_a_party = change a party
may-change_the_profile_of_a_party = change the profile of a party
may-read_the_audit_log = read the audit log
may-see_members = see members
may-manage_members = manage members
may-manage_tokens = manage tokens
may-manage_webhooks = manage webhooks
may-register_a_request = register a request
may-change_a_request = change a request
may-endorse_a_request = endorse a request
may-submit_a_request = submit a request
may-return_a_request = return a request
may-authenticate_a_request = authenticate a request
may-circulate_a_request = circulate a request
may-revise_a_request = revise a request
may-prolong_a_request = prolong a request
may-withdraw_a_request = withdraw a request
may-expire_a_request = expire a request
may-open_a_package = open a package
may-invite_to_a_package = invite to a package
may-withdraw_a_package = withdraw a package
may-join_a_package = join a package
may-decline_a_package = decline a package
may-leave_a_package = leave a package
may-register_an_offer = register an offer
may-change_an_offer = change an offer
may-submit_an_offer = submit an offer
may-confirm_an_offer = confirm an offer
may-withdraw_an_offer = withdraw an offer
may-expire_an_offer = expire an offer
may-register_a_programme = register a programme
may-change_a_programme = change a programme
may-confirm_a_programme = confirm a programme
may-keep_the_catalogue = keep the catalogue
may-take_a_national_report_in = take a national report in
may-read_findings = read findings
may-keep_funding_channels = keep funding channels
may-prepare_a_round = prepare a round
may-freeze_a_round = freeze a round
may-publish_a_round = publish a round
may-prepare_a_scenario = prepare a scenario
may-run_a_scenario = run a scenario
may-admit_an_observer = admit an observer
may-read_why_a_request_went_without = read why a request went without
may-write_about_a_proposal = write about a proposal
may-change_a_proposal = change a proposal
may-assess_a_proposal = assess a proposal
may-answer_a_proposal = answer a proposal
may-write_a_commitment = write a commitment
may-call_off_what_was_agreed = call off what was agreed
may-enter_a_disbursement = enter a disbursement
may-confirm_a_delivery = confirm a delivery
may-evaluate_a_commitment = evaluate a commitment
may-cancel_a_commitment = cancel a commitment
may-file_a_document = file a document
may-read_a_whole_run = read a whole run
may-try_out_a_sandbox = try out a sandbox
may-import_tables = import tables
may-change_a_password_without_the_current_one = change a password without the current one
may-act_as_a_person = act as a person
may-come_in_without_the_second_factor_that_your_organisation_has_asked_for = come in without the second factor that your organisation has asked for

## What is meant.

thing-party = party
thing-state = state
thing-provider = provider
thing-coordinator = coordinator
thing-observer = observer
thing-person = person
thing-credential = credential
thing-token = token
thing-second_factor = second factor
thing-membership = membership
thing-webhook = webhook
thing-delivery = delivery
thing-mail = mail
thing-request = request
thing-component = component
thing-package = package
thing-offer = offer
thing-programme = programme
thing-item = item
thing-channel = channel
thing-report = report
thing-import = import
thing-table = table
thing-document = document
thing-round = round
thing-scenario = scenario
thing-run = run
thing-sweep = sweep
thing-proposal = proposal
thing-commitment = commitment
thing-outcome = outcome
thing-shortfall = shortfall
thing-address = address
thing-resource = resource
thing-file = file
thing-step_of_a_request = step of a request
thing-step_of_an_offer = step of an offer
thing-step_of_a_package = step of a package
thing-step_of_a_round = step of a round
thing-step_of_a_proposal = step of a proposal
thing-step_of_a_commitment = step of a commitment
thing-result_of_run = result of run
thing-finished_run_of_this_round = finished run of this round
thing-component_or_offer_of_proposal = component or offer of proposal

## Where something stands.

state-draft = draft
state-endorsed = endorsed
state-submitted = submitted
state-returned = returned
state-authenticated = authenticated
state-circulated = circulated
state-in_round = in_round
state-partly_met = partly_met
state-met = met
state-withdrawn = withdrawn
state-expired = expired
state-confirmed = confirmed
state-available = available
state-reserved = reserved
state-exhausted = exhausted
state-open = open
state-frozen = frozen
state-published = published
state-decided = decided
state-closed = closed
state-queued = queued
state-running = running
state-succeeded = succeeded
state-limit = limit
state-infeasible = infeasible
state-failed = failed
state-cancelled = cancelled
state-proposed = proposed
state-agreed = agreed
state-declined = declined
state-lapsed = lapsed
state-committed = committed
state-disbursing = disbursing
state-delivered = delivered
state-evaluated = evaluated
state-waiting = waiting
state-invited = invited
state-joined = joined
state-left = left
state-ended = ended
state-active = active
state-suspended = suspended
state-stopped = stopped
state-retired = retired
state-in_use = in use
state-run = run

## Steps.

step-endorse = endorse
step-submit = submit
step-return = return
step-authenticate = authenticate
step-circulate = circulate
step-revise = revise
step-withdraw = withdraw
step-expire = expire
step-invite = invite
step-join = join
step-leave = leave
step-confirm = confirm
step-freeze = freeze
step-publish = publish
step-decide = decide
step-close = close
step-accept = accept
step-decline = decline
step-change = change
step-rewrite = rewrite
step-assess = assess
step-commit = commit
step-call_off = call off
step-disburse = disburse
step-deliver = deliver
step-evaluate = evaluate
step-cancel = cancel
step-set_up = set up
step-send_to_a_webhook = send to a webhook

## What is measured, with its unit.

what-text_bytes = text (bytes)
what-body_bytes = body (bytes)
what-tables_bytes = tables (bytes)
what-document_bytes = document (bytes)
what-message_bytes = message (bytes)
what-snapshot_bytes = snapshot (bytes)
what-idempotency_key_bytes = idempotency key (bytes)
what-documents = documents
what-more = more
what-webhooks = webhooks
what-components = components
what-areas = areas
what-scopes = scopes
what-parties_named = parties named
what-chain_of_bases = chain of bases
what-problems_of_a_sweep_bytes = problems of a sweep (bytes)
what-the_external_id_of_a_request = the external_id of a request
what-the_reference_of_a_request = the reference of a request
what-the_reference_of_a_component = the reference of a component
what-the_external_id_of_an_offer = the external_id of an offer
what-the_reference_of_an_offer = the reference of an offer
what-the_external_id_of_a_programme = the external_id of a programme
what-the_reference_of_a_programme = the reference of a programme
what-the_code_of_a_channel = the code of a channel
what-the_code_of_an_item = the code of an item
what-the_code_of_a_party = the code of a party
what-the_address_of_a_person = the address of a person
what-the_name_of_a_scenario_in_its_round = the name of a scenario in its round
what-the_published_run_of_a_round = the published run of a round
what-the_proposal_of_this_match = the proposal of this match
what-the_commitment_of_a_proposal = the commitment of a proposal
what-the_outcome_of_a_commitment = the outcome of a commitment
what-the_report_of_a_state_for_this_year = the report of a state for this year
what-the_account_of_a_person_at_their_sign_in_service = the account of a person at their sign-in service
what-a_value_that_must_be_unique = a value that must be unique

## Rules of the register.

broken-second_factors_and_webhooks_need_a_key_of_the_operator_s_access_key_file = second factors and webhooks need a key of the operator's (access.key_file)
broken-this_is_not_the_code_of_the_moment = this is not the code of the moment
broken-a_report_stands_before_it_is_signed = a report stands before it is signed
broken-only_a_run_with_a_plan_is_published = only a run with a plan is published
broken-proposals_still_wait_for_an_answer = proposals still wait for an answer
broken-the_request_is_withdrawn = the request is withdrawn
broken-the_request_is_expired = the request is expired
broken-the_offer_is_withdrawn = the offer is withdrawn
broken-the_offer_is_expired = the offer is expired
broken-the_last_manager_of_a_party_stays_one_until_there_is_another = the last manager of a party stays one until there is another
broken-who_opened_a_package_withdraws_it_instead_of_leaving_it = who opened a package withdraws it instead of leaving it
broken-a_round_that_is_not_decided_yet_holds_requests_of_the_package = a round that is not decided yet holds requests of the package
broken-equipment_technology_and_software_are_accepted_once_their_suitability_is_assessed_101 = equipment, technology and software are accepted once their suitability is assessed (¶101)
broken-the_assessment_recorded_says_that_it_is_not_suitable_and_sustainable_101 = the assessment recorded says that it is not suitable and sustainable (¶101)
broken-another_proposal_of_the_round_is_for_that_period = another proposal of the round is for that period
broken-with_these_terms_the_plan_breaks = with these terms the plan breaks
broken-no_more_is_disbursed_than_was_promised = no more is disbursed than was promised
broken-no_more_is_delivered_than_was_agreed = no more is delivered than was agreed
broken-the_component_does_not_need_that_much_any_more = the component does not need that much any more
broken-the_offer_does_not_hold_that_much_any_more = the offer does not hold that much any more
broken-a_component_that_help_is_committed_to_stays = a component that help is committed to stays
broken-this_is_for_sandboxes_alone = this is for sandboxes alone
broken-only_what_a_sandbox_holds_is_wiped = only what a sandbox holds is wiped

## What is expected in a place.

expected-an_object = an object
expected-an_id_of_the_table_of_requests = an id of the table of requests
expected-an_id_of_the_table_of_offers = an id of the table of offers
expected-true_or_false = true or false
expected-a_list = a list
expected-a_table = a table
expected-a_text_between_quotation_marks = a text between quotation marks
expected-a_whole_number = a whole number
expected-a_whole_number_without_quotation_marks = a whole number without quotation marks
expected-a_whole_number_from_0_to_18446744073709551615 = a whole number from 0 to 18446744073709551615
expected-a_number_of_permille_from_0_upwards = a number of permille from 0 upwards
expected-a_list_with_a_result_for_each_indicator = a list with a result for each indicator
expected-a_list_of_five_whole_numbers_priority_1_first = a list of five whole numbers, priority 1 first
expected-a_list_of_goals = a list of goals
expected-a_list_of_ids = a list of ids
expected-an_id_between_quotation_marks = an id between quotation marks
expected-a_relative_path_between_quotation_marks = a relative path between quotation marks
expected-a_goal_such_as_goal_coverage = a goal such as { "{" } goal = "coverage" { "}" }
expected-a_document_of_settings = a document of settings
expected-a_pdf_file_from_pdf_to_eof = a PDF file, from %PDF- to %%EOF
expected-an_address_of_mail = an address of mail
expected-the_next_of_a_page_in_the_same_order = the `next` of a page in the same order
expected-the_next_of_a_page = the `next` of a page
expected-the_etag_of_what_is_changed_such_as_3 = the ETag of what is changed, such as "3"
expected-a_key_of_your_own_choice_needed_for_decisions = a key of your own choice, needed for decisions
expected-the_number_of_an_event = the number of an event
expected-exactly_one_of_request_offer_proposal_and_commitment = exactly one of request, offer, proposal and commitment
expected-a_set_of_known_parameters = a set of known parameters
expected-the_kind_of_the_subject_that_is_named = the kind of the subject that is named
expected-a_moment_such_as_2026_01_15t09_00_00z = a moment such as 2026-01-15T09:00:00Z
expected-a_day_such_as_2026_01_15 = a day such as 2026-01-15

## Why a text is not what it should be.

because-is_empty = is empty
because-is_longer_than_100_characters = is longer than 100 characters
because-it_is_no_address_with_a_host_such_as_https_example_org_needmatch = it is no address with a host, such as https://example.org/needmatch
because-it_has_a_user_name_a_password_or_a_fragment = it has a user name, a password or a fragment
because-it_does_not_begin_with_https = it does not begin with https://
because-its_host_is_no_public_one = its host is no public one
because-it_did_not_come_in_time = it did not come in time
because-it_broke_off_on_the_way = it broke off on the way

## What the check of a problem finds.

freeze-wrong-at_least_one_period = at least one period
freeze-wrong-at_least_one_goal = at least one goal
freeze-wrong-must_be_sorted_without_duplicates = must be sorted, without duplicates
freeze-wrong-is_no_rule_of_the_plan_or_may_not_be_relaxed = is no rule of the plan, or may not be relaxed
freeze-wrong-every_rule_of_the_plan = every rule of the plan
freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12 = give 0 to 1000, provider_cost 0 to 10^12
freeze-wrong-periods_in_order_inside_the_horizon_amounts_0_to_10_12 = periods in order inside the horizon, amounts 0 to 10^12
freeze-wrong-state_outside_the_table_of_states = state outside the table of states
freeze-wrong-weights_and_scores_0_to_10_12 = weights and scores 0 to 10^12
freeze-wrong-sdg_targets_sorted_without_duplicates = sdg_targets sorted, without duplicates
freeze-wrong-an_obstacle_s_mitigation_must_be_a_component_of_the_same_request = an obstacle's mitigation must be a component of the same request
freeze-wrong-request_outside_the_table_of_requests = request outside the table of requests
freeze-wrong-outstanding_minimum_and_unit_cost_at_least_1_minimum_at_most_outstanding = outstanding, minimum and unit_cost at least 1, minimum at most outstanding
freeze-wrong-requires_other_components_sorted = requires: other components, sorted
freeze-wrong-pairs_sorted_ranges_apart_inside_their_tables_draw_at_least_1 = pairs sorted, ranges apart, inside their tables, draw at least 1
freeze-wrong-provider_outside_the_table_of_providers = provider outside the table of providers
freeze-wrong-amounts_0_to_10_12_delivery_permille_1_to_1000000 = amounts 0 to 10^12, delivery_permille 1 to 1000000
freeze-wrong-per_period_one_amount_a_period = per_period: one amount a period
freeze-wrong-amount_period_and_states_inside_their_bounds = amount, period and states inside their bounds
freeze-wrong-sorted_by_region = sorted by region
freeze-wrong-share_0_to_1000_states_of_the_problem = share 0 to 1000, states of the problem
freeze-wrong-an_eligible_pair_and_a_quantity_of_at_least_1 = an eligible pair and a quantity of at least 1

## What a problem sums up.

freeze-sum-score = score
freeze-sum-cost = cost
freeze-sum-draw = draw
freeze-sum-priority_weights = priority weights
freeze-sum-sustainability = sustainability
freeze-sum-economy = economy
