### Phrases inside refusals.
## Phrases inside refusals. The key is the English phrase, written small with underscores.

## What a principal may do.

may-register_a_party = registrar una entidad
may-change_a_party = modificar una entidad
may-change_the_profile_of_a_party = modificar las regiones y los grupos de un Estado
may-read_the_audit_log = consultar el registro de auditoría
may-see_members = ver los miembros
may-manage_members = gestionar los miembros
may-manage_tokens = gestionar los códigos de acceso
may-manage_webhooks = gestionar las notificaciones automáticas
may-register_a_request = registrar una solicitud
may-change_a_request = modificar una solicitud
may-endorse_a_request = respaldar una solicitud
may-submit_a_request = presentar una solicitud
may-return_a_request = devolver una solicitud
may-authenticate_a_request = autenticar una solicitud
may-circulate_a_request = distribuir una solicitud
may-revise_a_request = revisar una solicitud
may-prolong_a_request = prorrogar una solicitud
may-withdraw_a_request = retirar una solicitud
may-expire_a_request = declarar caducada una solicitud
may-open_a_package = abrir un paquete de solicitudes
may-invite_to_a_package = invitar a un paquete de solicitudes
may-withdraw_a_package = retirar un paquete de solicitudes
may-join_a_package = sumarse a un paquete de solicitudes
may-decline_a_package = rechazar sumarse a un paquete de solicitudes
may-leave_a_package = abandonar un paquete de solicitudes
may-register_an_offer = registrar una oferta
may-change_an_offer = modificar una oferta
may-submit_an_offer = presentar una oferta
may-confirm_an_offer = confirmar una oferta
may-withdraw_an_offer = retirar una oferta
may-expire_an_offer = declarar caducada una oferta
may-register_a_programme = registrar un programa
may-change_a_programme = modificar un programa
may-confirm_a_programme = confirmar un programa
may-keep_the_catalogue = mantener el catálogo
may-take_a_national_report_in = incorporar un informe nacional
may-read_findings = consultar las observaciones
may-keep_funding_channels = mantener los canales de financiación
may-prepare_a_round = preparar una ronda
may-freeze_a_round = congelar una ronda
may-publish_a_round = publicar una ronda
may-prepare_a_scenario = preparar un escenario
may-run_a_scenario = ejecutar un escenario
may-admit_an_observer = admitir a un observador
may-read_why_a_request_went_without = consultar por qué una solicitud no fue atendida
may-write_about_a_proposal = escribir sobre una correspondencia propuesta
may-change_a_proposal = modificar una correspondencia propuesta
may-assess_a_proposal = evaluar una correspondencia propuesta
may-answer_a_proposal = responder a una correspondencia propuesta
may-write_a_commitment = consignar un compromiso
may-call_off_what_was_agreed = dejar sin efecto lo acordado
may-enter_a_disbursement = asentar un desembolso
may-confirm_a_delivery = confirmar una entrega
may-evaluate_a_commitment = evaluar un compromiso
may-cancel_a_commitment = cancelar un compromiso
may-file_a_document = archivar un documento
may-read_a_whole_run = consultar un cálculo completo
may-try_out_a_sandbox = probar un espacio de prueba
may-import_tables = importar tablas
may-change_a_password_without_the_current_one = cambiar una contraseña sin la actual
may-act_as_a_person = actuar como persona
may-come_in_without_the_second_factor_that_your_organisation_has_asked_for = entrar sin el segundo factor que su organización ha pedido

## What is meant.

thing-party = entidad
thing-state = Estado
thing-provider = proveedor
thing-coordinator = coordinador
thing-observer = observador
thing-person = persona
thing-credential = credencial
thing-token = código de acceso
thing-second_factor = segundo factor
thing-membership = membresía
thing-webhook = notificación automática
thing-delivery = envío
thing-mail = correo
thing-request = solicitud
thing-component = componente
thing-package = paquete de solicitudes
thing-offer = oferta
thing-programme = programa
thing-item = artículo
thing-channel = canal de financiación
thing-report = informe
thing-import = importación
thing-table = tabla
thing-document = documento
thing-round = ronda
thing-scenario = escenario
thing-run = cálculo
thing-sweep = serie de cálculos
thing-proposal = correspondencia propuesta
thing-commitment = compromiso
thing-outcome = resultado
thing-shortfall = necesidad no atendida
thing-address = dirección
thing-resource = recurso
thing-file = archivo
thing-step_of_a_request = paso de una solicitud
thing-step_of_an_offer = paso de una oferta
thing-step_of_a_package = paso de un paquete de solicitudes
thing-step_of_a_round = paso de una ronda
thing-step_of_a_proposal = paso de una correspondencia propuesta
thing-step_of_a_commitment = paso de un compromiso
thing-result_of_run = resultado del cálculo
thing-finished_run_of_this_round = cálculo terminado de esta ronda
thing-component_or_offer_of_proposal = componente u oferta de la correspondencia propuesta

## Where something stands.

state-draft = borrador
state-endorsed = respaldado
state-submitted = presentado
state-returned = devuelto
state-authenticated = autenticado
state-circulated = distribuido
state-in_round = en una ronda
state-partly_met = atendido en parte
state-met = atendido
state-withdrawn = retirado
state-expired = caducado
state-confirmed = confirmado
state-available = en disponibilidad
state-reserved = reservado en parte
state-exhausted = agotado
state-open = abierto
state-frozen = congelado
state-published = publicado
state-decided = decidido
state-closed = cerrado
state-queued = en cola
state-running = en curso
state-succeeded = concluido con éxito
state-limit = detenido por un límite
state-infeasible = sin plan posible
state-failed = fallido
state-cancelled = cancelado
state-proposed = propuesto
state-agreed = convenido
state-declined = rechazado
state-lapsed = sin efecto
state-committed = comprometido
state-disbursing = en desembolso
state-delivered = entregado
state-evaluated = evaluado
state-waiting = en espera
state-invited = invitado
state-joined = participante
state-left = retirado del paquete
state-ended = terminado
state-active = activo
state-suspended = suspendido
state-stopped = detenido
state-retired = dado de baja
state-in_use = en uso
state-run = ya calculado

## Steps.

step-endorse = respaldar
step-submit = presentar
step-return = devolver
step-authenticate = autenticar
step-circulate = distribuir
step-revise = revisar
step-withdraw = retirar
step-expire = declarar caducado
step-invite = invitar
step-join = sumarse
step-leave = abandonar
step-confirm = confirmar
step-freeze = congelar
step-publish = publicar
step-decide = decidir
step-close = cerrar
step-accept = aceptar
step-decline = rechazar
step-change = modificar
step-rewrite = reescribir
step-assess = evaluar
step-commit = comprometer
step-call_off = dejar sin efecto
step-disburse = desembolsar
step-deliver = entregar
step-evaluate = valorar
step-cancel = cancelar
step-set_up = configurar
step-send_to_a_webhook = enviar una notificación automática

## What is measured, with its unit.

what-text_bytes = texto (bytes)
what-body_bytes = cuerpo (bytes)
what-tables_bytes = tablas (bytes)
what-document_bytes = documento (bytes)
what-message_bytes = mensaje (bytes)
what-snapshot_bytes = instantánea (bytes)
what-idempotency_key_bytes = clave de idempotencia (bytes)
what-documents = documentos
what-more = más
what-webhooks = notificaciones automáticas
what-components = componentes
what-areas = ámbitos
what-scopes = permisos
what-parties_named = entidades designadas
what-chain_of_bases = cadena de escenarios de base
what-problems_of_a_sweep_bytes = problemas de una serie de cálculos (bytes)
what-the_external_id_of_a_request = el external_id de una solicitud
what-the_reference_of_a_request = la referencia de una solicitud
what-the_reference_of_a_component = la referencia de un componente
what-the_external_id_of_an_offer = el external_id de una oferta
what-the_reference_of_an_offer = la referencia de una oferta
what-the_external_id_of_a_programme = el external_id de un programa
what-the_reference_of_a_programme = la referencia de un programa
what-the_code_of_a_channel = el código de un canal de financiación
what-the_code_of_an_item = el código de un artículo
what-the_code_of_a_party = el código de una entidad
what-the_address_of_a_person = la dirección de una persona
what-the_name_of_a_scenario_in_its_round = el nombre de un escenario en su ronda
what-the_published_run_of_a_round = el cálculo publicado de una ronda
what-the_proposal_of_this_match = la correspondencia propuesta para este par
what-the_commitment_of_a_proposal = el compromiso de una correspondencia propuesta
what-the_outcome_of_a_commitment = el resultado de un compromiso
what-the_report_of_a_state_for_this_year = el informe nacional de un Estado para este año
what-the_account_of_a_person_at_their_sign_in_service = la cuenta de una persona en su servicio de acceso
what-a_value_that_must_be_unique = un valor que debe ser único

## Rules of the register.

broken-second_factors_and_webhooks_need_a_key_of_the_operator_s_access_key_file = el segundo factor y las notificaciones automáticas requieren una clave del operador (access.key_file)
broken-this_is_not_the_code_of_the_moment = este no es el código del momento
broken-a_report_stands_before_it_is_signed = el informe debe existir antes de firmarse
broken-only_a_run_with_a_plan_is_published = solo se publica un cálculo que tenga un plan
broken-proposals_still_wait_for_an_answer = hay correspondencias propuestas aún sin respuesta
broken-the_request_is_withdrawn = la solicitud está retirada
broken-the_request_is_expired = la solicitud ha caducado
broken-the_offer_is_withdrawn = la oferta está retirada
broken-the_offer_is_expired = la oferta ha caducado
broken-the_last_manager_of_a_party_stays_one_until_there_is_another = la última persona gestora de una parte lo sigue siendo hasta que haya otra
broken-who_opened_a_package_withdraws_it_instead_of_leaving_it = quien abrió un paquete de solicitudes lo retira en lugar de abandonarlo
broken-a_round_that_is_not_decided_yet_holds_requests_of_the_package = una ronda aún no decidida contiene solicitudes del paquete
broken-equipment_technology_and_software_are_accepted_once_their_suitability_is_assessed_101 = el equipo, la tecnología y los programas informáticos se aceptan una vez evaluada su idoneidad (párr. 101)
broken-the_assessment_recorded_says_that_it_is_not_suitable_and_sustainable_101 = según la evaluación registrada, no es idóneo y sostenible (párr. 101)
broken-another_proposal_of_the_round_is_for_that_period = otra correspondencia propuesta de la ronda es para ese período
broken-with_these_terms_the_plan_breaks = con estas condiciones el plan infringe
broken-no_more_is_disbursed_than_was_promised = no se desembolsa más de lo prometido
broken-no_more_is_delivered_than_was_agreed = no se entrega más de lo acordado
broken-the_component_does_not_need_that_much_any_more = el componente ya no necesita tanto
broken-the_offer_does_not_hold_that_much_any_more = la oferta ya no dispone de tanto
broken-a_component_that_help_is_committed_to_stays = un componente con ayuda comprometida se mantiene
broken-this_is_for_sandboxes_alone = esto es solo para espacios de prueba
broken-only_what_a_sandbox_holds_is_wiped = solo se borra lo que contiene un espacio de prueba

## What is expected in a place.

expected-an_object = un objeto
expected-an_id_of_the_table_of_requests = un identificador de la tabla de solicitudes
expected-an_id_of_the_table_of_offers = un identificador de la tabla de ofertas
expected-true_or_false = true o false, sin comillas
expected-a_list = una lista
expected-a_table = una tabla
expected-a_text_between_quotation_marks = un texto entre comillas
expected-a_whole_number = un número entero
expected-a_whole_number_without_quotation_marks = un número entero sin comillas
expected-a_whole_number_from_0_to_18446744073709551615 = un número entero de 0 a 18446744073709551615
expected-a_number_of_permille_from_0_upwards = un número de milésimas a partir de 0
expected-a_list_with_a_result_for_each_indicator = una lista con un resultado para cada indicador
expected-a_list_of_five_whole_numbers_priority_1_first = una lista de cinco números enteros, empezando por la prioridad 1
expected-a_list_of_goals = una lista de objetivos
expected-a_list_of_ids = una lista de identificadores
expected-an_id_between_quotation_marks = un identificador entre comillas
expected-a_relative_path_between_quotation_marks = una ruta relativa entre comillas
expected-a_goal_such_as_goal_coverage = un objetivo escrito así: { "{" } goal = "coverage" { "}" }
expected-a_document_of_settings = un documento de ajustes
expected-a_pdf_file_from_pdf_to_eof = un archivo PDF, de %PDF- a %%EOF
expected-an_address_of_mail = una dirección de correo electrónico
expected-the_next_of_a_page_in_the_same_order = el valor `next` de una página en el mismo orden
expected-the_next_of_a_page = el valor `next` de una página
expected-the_etag_of_what_is_changed_such_as_3 = el valor ETag de lo que se modifica, por ejemplo "3"
expected-a_key_of_your_own_choice_needed_for_decisions = una clave de su elección, necesaria para las decisiones
expected-the_number_of_an_event = el número de un suceso
expected-exactly_one_of_request_offer_proposal_and_commitment = exactamente uno de estos parámetros: request (solicitud), offer (oferta), proposal (correspondencia propuesta) o commitment (compromiso)
expected-a_set_of_known_parameters = un conjunto de parámetros conocidos
expected-the_kind_of_the_subject_that_is_named = el tipo del objeto indicado
expected-a_moment_such_as_2026_01_15t09_00_00z = un momento como 2026-01-15T09:00:00Z
expected-a_day_such_as_2026_01_15 = un día como 2026-01-15

## Why a text is not what it should be.

because-is_empty = está vacío
because-is_longer_than_100_characters = supera los 100 caracteres
because-it_is_no_address_with_a_host_such_as_https_example_org_needmatch = no es una dirección con nombre de equipo, como https://example.org/needmatch
because-it_has_a_user_name_a_password_or_a_fragment = contiene un nombre de usuario, una contraseña o un fragmento
because-it_does_not_begin_with_https = no empieza por https://
because-its_host_is_no_public_one = su equipo no es público
because-it_did_not_come_in_time = no llegó a tiempo
because-it_broke_off_on_the_way = se interrumpió en el camino

## What the check of a problem finds.

freeze-wrong-at_least_one_period = se requiere al menos un período
freeze-wrong-at_least_one_goal = se requiere al menos un objetivo
freeze-wrong-must_be_sorted_without_duplicates = debe estar ordenado y sin duplicados
freeze-wrong-is_no_rule_of_the_plan_or_may_not_be_relaxed = no es una regla del plan o no puede relajarse
freeze-wrong-every_rule_of_the_plan = deben figurar todas las reglas del plan
freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12 = give de 0 a 1000, provider_cost de 0 a 10^12
freeze-wrong-periods_in_order_inside_the_horizon_amounts_0_to_10_12 = períodos en orden dentro del horizonte, importes de 0 a 10^12
freeze-wrong-state_outside_the_table_of_states = el Estado no figura en la tabla de Estados
freeze-wrong-weights_and_scores_0_to_10_12 = pesos y puntuaciones de 0 a 10^12
freeze-wrong-sdg_targets_sorted_without_duplicates = sdg_targets ordenadas y sin duplicados
freeze-wrong-an_obstacle_s_mitigation_must_be_a_component_of_the_same_request = la mitigación de un obstáculo debe ser un componente de la misma solicitud
freeze-wrong-request_outside_the_table_of_requests = la solicitud no figura en la tabla de solicitudes
freeze-wrong-outstanding_minimum_and_unit_cost_at_least_1_minimum_at_most_outstanding = outstanding, minimum y unit_cost como mínimo 1, minimum no mayor que outstanding
freeze-wrong-requires_other_components_sorted = requires: otros componentes, ordenados
freeze-wrong-pairs_sorted_ranges_apart_inside_their_tables_draw_at_least_1 = pares ordenados, intervalos separados y dentro de sus tablas, draw como mínimo 1
freeze-wrong-provider_outside_the_table_of_providers = el proveedor no figura en la tabla de proveedores
freeze-wrong-amounts_0_to_10_12_delivery_permille_1_to_1000000 = importes de 0 a 10^12, delivery_permille de 1 a 1000000
freeze-wrong-per_period_one_amount_a_period = per_period: un importe por período
freeze-wrong-amount_period_and_states_inside_their_bounds = importe, período y Estados dentro de sus límites
freeze-wrong-sorted_by_region = ordenado por región
freeze-wrong-share_0_to_1000_states_of_the_problem = share de 0 a 1000, Estados del problema
freeze-wrong-an_eligible_pair_and_a_quantity_of_at_least_1 = un par admisible y una cantidad de al menos 1

## What a problem sums up.

freeze-sum-score = las puntuaciones
freeze-sum-cost = los costos
freeze-sum-draw = lo extraído
freeze-sum-priority_weights = los pesos de las prioridades
freeze-sum-sustainability = la sostenibilidad
freeze-sum-economy = la economía
