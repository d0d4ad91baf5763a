### Goals, statuses, and why a component is or is not served.

## Goals: a short name, and what each strives for.

goal-coverage = Cobertura de las prioridades
goal-coverage-meaning = Tanta ayuda solicitada como sea posible, empezando por lo más urgente.
goal-completed = Solicitudes atendidas por completo
goal-completed-meaning = El mayor número posible de solicitudes atendidas por completo, ponderadas según su prioridad.
goal-equity = Equidad
goal-equity-meaning = La primera décima parte de las necesidades de cada Estado es la que más cuenta, para que ninguno se quede sin nada.
goal-synergy = Sinergia
goal-synergy-meaning = Marcado, registro y localización junto con la gestión de existencias en un mismo Estado, y metas comunes de los Objetivos de Desarrollo Sostenible.
goal-sustainability = Sostenibilidad
goal-sustainability-meaning = Resultados que perduran cuando termina la ayuda.
goal-stability = Estabilidad
goal-stability-meaning = Pocos cambios respecto de un plan anterior.
goal-economy = Economía
goal-economy-meaning = Pocos proveedores por solicitud y poco gasto en la entrega.

## States of a run and verdicts on its plan.

status-queued = En cola
status-running = En curso
status-succeeded = Concluida
status-optimal = Óptimo demostrado
status-within_gap = Demostrado dentro de la diferencia pedida
status-limit = Detenida por un límite
status-infeasible = Ningún plan cumple las reglas
status-failed = Fallida
status-cancelled = Cancelada

## Why a component is not served, or only partly.

reason-no_eligible_offer = Ninguna oferta puede atender este componente.
reason-outbid = La oferta { $offer } se destinó a componentes de mayor peso.
reason-outbid-many = Con posibilidad de atenderlo, pero con destino a componentes de mayor peso: { count-offers }.
reason-outbid-unnamed = Lo que podía atenderlo se destinó a componentes de mayor peso.
reason-outbid-priority = Con prioridad { $priority }, esta solicitud ganaría.
reason-required_unserved = Requiere { $component }, que no se atiende.
reason-alternative_served = En su lugar se atiende la alternativa { $component }.
reason-package_unserved = La solicitud conjunta { $request } no se atiende.
reason-obstacle_unmitigated = Nada reduce este obstáculo: { $obstacle }.
reason-sustainability_short =
    { $missing ->
        [one] Falta { $missing } punto para alcanzar el umbral de sostenibilidad.
       *[other] Faltan { $missing } puntos para alcanzar el umbral de sostenibilidad.
    }
reason-minimum_unreachable = Las ofertas que pueden atenderlo suman { $reachable }, menos que la cantidad mínima útil.
reason-absorption = El Estado { $state } no puede absorber más en { $period }.
reason-rule_binds = La regla «{ $rule }» no deja margen.
reason-only = De ellas, sin más impedimento que esta regla: { count-offers }.
reason-missing = Falta: { $quantity } { $unit }

## Why a round leaves a request out.

left-out-not_authenticated = Cuando se congeló la ronda, ningún coordinador había autenticado aún esta solicitud.
left-out-returned = Cuando se congeló la ronda, esta solicitud había sido devuelta y aún no se había presentado de nuevo.
left-out-not_circulated = Cuando se congeló la ronda, esta solicitud estaba autenticada, pero su Estado aún no había consentido en su distribución.
left-out-nothing_outstanding = Cuando se congeló la ronda, no quedaba nada pendiente de esta solicitud: todo se había recibido, prometido o cubierto de otro modo.
left-out-outside_horizon = Los períodos en que puede utilizarse esta ayuda quedan fuera de los de la ronda.
left-out-package_incomplete = Cuando se congeló la ronda, otra solicitud de este paquete se había presentado y no podía participar: el paquete se toma entero o no se toma.
left-out-after_cut_off = Esta solicitud se distribuyó después de la fecha límite de la ronda.
left-out-components = Se refiere a los componentes siguientes: { $components }.

## The smallest change that would serve a component.

change-setting = En { $file }, { $id }: cambiar { $field } de { $from } a { $to }.
change-result = Con este cambio, el componente recibiría { $quantity } { $unit }.
change-none = No se encontró ningún cambio único que permita atenderlo.

## Why a match is worth what it is, and how an offer is used.

match-score = { $score } por unidad: peso { $weight } × valor { $worth } × idoneidad { $fit } / 1000
match-bound_by = No es mayor a causa de: { $rules }
offer-used = Utilizado
offer-left = Disponible
offer-why_left = Queda a causa de: { $rules }
offer-marginal = Una unidad más añadiría { $value } al primer objetivo.
