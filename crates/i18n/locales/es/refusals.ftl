### Refusals of the interface.
## Refusals of the interface (RFC 9457): what happened, what happened this time, what to do.

refusal-unauthenticated = Identifíquese primero
refusal-unauthenticated-detail = La petición no iba acompañada de un código de acceso válido.
refusal-unauthenticated-action = Envíe un código de acceso vigente en la forma Authorization: Bearer nm_….
refusal-forbidden = Usted no puede hacer esto
refusal-forbidden-detail = Acción que sus entidades y sus permisos no autorizan: { $action }.
refusal-forbidden-action = Diríjase a un responsable de la entidad o utilice un código de acceso que incluya ese permiso.
refusal-not_found = No existe nada así aquí
refusal-not_found-detail = No figura entre lo que usted puede ver: { $kind } { $key }.
refusal-not_found-action = Compare la dirección con /api/v1/openapi.json.
refusal-method_not_allowed = Esta dirección no admite ese método
refusal-method_not_allowed-detail = Esta dirección existe, pero no para ese método.
refusal-method_not_allowed-action = Compare la dirección con /api/v1/openapi.json.
refusal-not_allowed_now = Este paso no puede darse ahora
refusal-not_allowed_now-detail = Estado actual ({ $kind }): { $state }; paso que ahora no es posible: { $step }.
refusal-not_allowed_now-action = Posible ahora: { $allowed }.
refusal-not_allowed_now-end = Ya no puede hacerse nada al respecto.
refusal-before_cut_off = La fecha límite de la ronda aún no ha pasado
refusal-before_cut_off-detail = Las solicitudes y ofertas de esta ronda se reciben hasta { $cut_off_at }; podrá congelarse a partir de ese momento.
refusal-before_cut_off-action = Congélela a partir de ese momento o cambie la fecha límite.
refusal-taken = Este valor ya está en uso
refusal-taken-detail = Ya está en uso: { $what }.
refusal-taken-action = Elija otro o modifique el elemento que ya lo tiene.
refusal-in_flight = La primera petición con esta clave aún está en curso
refusal-in_flight-detail = La primera petición con esta clave Idempotency-Key aún no ha terminado.
refusal-in_flight-action = Envíe de nuevo la misma petición en un momento.
refusal-version_mismatch = Se modificó entretanto
refusal-version_mismatch-detail = Usted indicó la versión { $expected }; la versión actual es la { $actual }.
refusal-version_mismatch-action = Léalo de nuevo y haga el cambio sobre lo que consta ahora.
refusal-too_large = Demasiado grande
refusal-too_large-detail = { $what }: { $actual }; el máximo permitido es { $limit }.
refusal-too_large-action = Envíe menos a la vez.
refusal-unsupported_media_type = Envíe JSON
refusal-unsupported_media_type-detail = El cuerpo no está declarado como application/json.
refusal-unsupported_media_type-action = Envíe el encabezado Content-Type: application/json.
refusal-not_json = Esto no es JSON
refusal-not_json-detail = El cuerpo no se puede leer: { $reason }.
refusal-not_json-action = Corrija lo indicado y envíelo de nuevo.
refusal-bad_parameter = Un parámetro no es como debería
refusal-bad_parameter-detail = Parámetro { $name }: «{ $value }»; se espera: { $expected }.
refusal-bad_parameter-action = Corrija lo indicado y envíelo de nuevo.
refusal-invalid = El documento infringe reglas
refusal-invalid-detail =
    { $count ->
        [one] { $count } error; figura en errors con su lugar.
       *[other] { $count } errores; cada uno figura en errors con su lugar.
    }
refusal-invalid-action = Corrija lo indicado y envíelo de nuevo.
refusal-key_reused = Esta clave de idempotencia se usó para otra cosa
refusal-key_reused-detail = Esta clave Idempotency-Key ya acompañó a otra petición.
refusal-key_reused-action = Utilice una clave nueva para una petición nueva.
refusal-rule_broken = Una regla del registro lo impide
refusal-rule_broken-detail = Regla: { $rule }.
refusal-rule_broken-action = Modifique el envío de modo que respete esa regla.
refusal-cannot_freeze = La ronda no puede congelarse
refusal-cannot_freeze-detail = { $faults }
refusal-cannot_freeze-action = Corrija las filas indicadas.
refusal-version_required = Indique qué versión modifica
refusal-version_required-detail = Un cambio sin la versión de la que parte podría deshacer el de otra persona.
refusal-version_required-action = Envíe en If-Match el valor ETag que leyó.
refusal-too_many_requests = Demasiadas peticiones
refusal-too_many_requests-detail = Llegaron más a la vez de las que se admiten.
refusal-too_many_requests-action = Envíe de nuevo la misma petición pasados los segundos que indica `Retry-After`.
refusal-internal = Algo ha fallado aquí
refusal-internal-detail = El error es nuestro; consta en el registro de sucesos con el identificador de la petición.
refusal-internal-action = Comunique el identificador de la petición, que figura en X-Request-Id.
refusal-busy = Ocupado; inténtelo de nuevo
refusal-busy-detail = Otro cambio está en curso.
refusal-busy-action = Envíe de nuevo la misma petición en un momento.
refusal-unavailable = No se puede acceder al registro
refusal-unavailable-detail = El registro no responde.
refusal-unavailable-action = Envíe de nuevo la misma petición en un momento.
refusal-storage_full = No queda espacio
refusal-storage_full-detail = El registro ya no puede escribir nada más.
refusal-storage_full-action = Pida al operador que libere espacio.

## What keeps a round from being frozen. The place stands before it.

freeze-place = { $file }, fila { $row }, columna { $column }: { $fault }
freeze-place-row = { $file }, fila { $row }: { $fault }
freeze-place-column = { $file }, columna { $column }: { $fault }
freeze-place-file = { $file }: { $fault }
freeze-setting = variante «{ $setting }»: { $fault }
freeze-unknown = «{ $value }» no figura en el escenario: corríjalo o añada la fila a la que se refiere
freeze-duplicate = figura dos veces: elimine una de las filas
freeze-out_of_range = { $value } no está entre { $least } y { $most }: corríjalo
freeze-foreign_mitigation = el componente «{ $component }» pertenece a otra solicitud: indique uno de la misma solicitud
freeze-missing_rate = no hay tipo de cambio para «{ $currency }»: añada { $currency } a [rates] en scenario.toml
freeze-converted_too_large = equivale a { $converted } en la moneda de cuenta, más de { $limit }: corrija el importe o el tipo, o cuente en una unidad mayor
freeze-weight_too_large = la solicitud «{ $request }» pesaría { $weight }, más de { $limit }: utilice ponderaciones menores
freeze-draw_too_large = una unidad tomaría { $draw } milésimas de la oferta «{ $offer }», más de 1000 veces { $limit }: utilice una unidad menor y más barata o un delivery_permille más bajo
freeze-score_too_large = una unidad de la oferta «{ $offer }» obtendría { $score }, que no cabe en 64 bits: utilice ponderaciones menores, un unit_value más bajo o una unidad menor
freeze-lock_without_period = una fijación indica su período: complételo
freeze-lock_on_met = el componente ya está cubierto por lo recibido o por un programa: elimine la fijación o corrija lo recibido o la cantidad del programa
freeze-lock_on_settled = ya está cubierta otra alternativa del componente: elimine la fijación o corrija lo recibido de la otra
freeze-locked_and_forbidden = el par está a la vez fijado y prohibido en este período: elimine la fijación o la prohibición
freeze-problem = Comprobación del problema, { $place }: { $what }
freeze-total = la suma de { $name } supera 2^62: use una unidad de cuenta mayor o pesos menores

## Parts of sentences with values.

part-one_of = uno de estos valores: { $allowed }
part-number = un número de { $least } a { $most }
part-characters = de 1 a { $most } caracteres ASCII visibles
part-character = contiene { $character }, que un identificador no puede contener (ni espacios en los extremos, ni caracteres de control o dirección, ni `;` o `@`)
part-json = no es JSON en la línea { $line }, columna { $column }
part-step_from = un paso desde el estado «{ $state }»
part-with = { $phrase }: { $value }
part-field = { $place }: { $fault }; { $action }
part-about = «{ $value }» { $fault }
