### Texts of pages.

## Navigation.

site-name = needmatch
site-purpose = Quién puede ayudar a quién a controlar las armas pequeñas y las armas ligeras, con qué y cuándo.
navigation-label = Navegación principal
navigation-skip = Ir al contenido
navigation-home = Inicio
navigation-requests = Solicitudes
navigation-offers = Ofertas
navigation-rounds = Rondas
navigation-scenarios = Escenarios
navigation-runs = Ejecuciones
navigation-proposals = Correspondencias propuestas
navigation-commitments = Compromisos
navigation-catalogue = Catálogo público
navigation-rules = Reglas y esferas
navigation-audit = Auditoría
navigation-language = Idioma
navigation-sign_in = Iniciar sesión
navigation-sign_out = Cerrar sesión
navigation-account = Mi cuenta
navigation-interface = Interfaz de programación

## Signing in.

sign_in-title = Iniciar sesión
sign_in-email = Dirección de correo electrónico
sign_in-password = Contraseña
sign_in-code = Código de su aplicación de autenticación
sign_in-button = Iniciar sesión
sign_in-forgotten = ¿Ha olvidado su contraseña?
sign_in-refused = La dirección de correo electrónico y la contraseña no coinciden. Compruébelas e inténtelo de nuevo.
sign_in-too_many = Demasiados intentos. Espere unos minutos e inténtelo de nuevo.
sign_in-demonstration = Demostración: elija quién quiere ser.
sign_in-link_needed = Abra el enlace de acceso que recibió. Cada enlace sirve una sola vez y durante un día.
sign_in-link_refused = Este enlace ya se usó, se retiró o ha caducado. Pida otro al coordinador.
sign_in-with = Iniciar sesión con { $provider }
sign_in-code_where = Solo si ha configurado uno.
sign_in-code_needed = Escriba también el código de su aplicación de autenticación.
sign_in-code_refused = Este código no es el actual o ya se usó. Espere el siguiente.
sign_in-not_invited = Su organización le conoce, pero nadie tiene un lugar aquí con esa cuenta. Pida al coordinador, o a un responsable de su entidad, que le invite con la dirección de correo electrónico de su organización.
sign_in-not_finished = Este inicio de sesión no se completó: tardó demasiado, se interrumpió o comenzó en otro navegador. Empiece de nuevo.
sign_in-one_factor = Su organización le ha pedido antes un segundo factor, y esta vez no. Identifíquese en ella con los dos, o diríjase al coordinador.
sign_in-provider_down = El acceso de su organización no responde por el momento. Inténtelo de nuevo en unos minutos; el resto del sitio funciona.
password-forgotten-title = Contraseña olvidada
password-not_an_address = Esto no es una dirección de correo electrónico. Corríjala e inténtelo de nuevo.
password-ask = Envíenme un enlace
password-asked = Si alguien inicia sesión aquí por contraseña con esta dirección, un enlace está en camino y sirve durante una hora. Si no llega, pida a un responsable de su entidad que le invite de nuevo.
password-new-title = Elegir una nueva contraseña
password-new = Nueva contraseña
password-length = Al menos 12 caracteres.
password-set = Guardar la contraseña
password-link_refused = Este enlace ya se usó, se retiró o ha caducado. Pida otro.

## A link that lets somebody in.

link-title = Iniciar sesión con este enlace
link-title_invited = Ha recibido una invitación
link-accepts = Al aceptar, usted actúa en nombre de:
link-unused = El enlace sirve una sola vez. Lo usa el botón de abajo, no el hecho de abrir esta página.
link-accept = Aceptar e iniciar sesión

## My account.

account-title = Mi cuenta
account-owes = Para terminar de iniciar sesión, configure un segundo factor. Hasta entonces verá lo que ve todo el mundo.
account-places = Usted actúa en nombre de
account-invited = Invitación pendiente
account-suspended = Suspendido
account-manager = Responsable
account-member = Miembro
account-password-is_set = Ya tiene una.
account-password-none = Todavía no tiene ninguna.
account-password-choose = Elegir una contraseña
account-password-change = Cambiar la contraseña
account-password-why = A partir de ahora iniciará sesión con su dirección de correo electrónico y esta contraseña.
account-password-current = Contraseña actual
account-password-current_refused = Esta no es su contraseña actual.
account-password-too_long = Es demasiado larga. Elija una más corta.
account-password-keep = Conservar mi contraseña
account-password-later = Seguir sin contraseña
account-password-done = La contraseña se ha cambiado. En todos los demás lugares se ha cerrado su sesión.
account-factor-title = Segundo factor
account-factor-why = Una aplicación de autenticación está en su teléfono o en su ordenador. Cada medio minuto muestra un código nuevo de seis cifras. Usted lo escribe al iniciar sesión, de modo que su contraseña por sí sola no deje entrar a nadie.
account-factor-needed = Lo necesitan los responsables y todas las personas de un coordinador.
account-factor-since = En uso desde el { $date }.
account-factor-none = Sin configurar.
account-factor-begin = Configurar un segundo factor
account-factor-renew = Configurar otro en su lugar
account-factor-renew_why = Escriba el código de la aplicación que tiene. Sigue en uso hasta que usted haya confirmado la nueva. Si la ha perdido, pida a un responsable de su entidad que le invite de nuevo.
account-factor-scan = Escanee esta imagen con su aplicación de autenticación.
account-factor-picture = Imagen del secreto para una aplicación de autenticación
account-factor-open = O abra la aplicación de autenticación de este dispositivo
account-factor-type = O escriba en ella este secreto:
account-factor-once = Solo se muestra en esta página. Manténgala abierta hasta que haya confirmado el código.
account-factor-code = Las seis cifras que muestra ahora.
account-factor-code_missing = Escriba las seis cifras que muestra su aplicación de autenticación.
account-factor-confirm = Confirmar
account-factor-later = Más tarde
account-factor-done = El segundo factor está en uso.
account-sessions = Dónde tiene la sesión iniciada
account-sessions-this = Aquí
account-sessions-end = Cerrar sesión en todos los demás lugares
account-sessions-done = Ya no tiene la sesión iniciada en ningún otro lugar.
account-column-how = Cómo
account-column-began = Desde
account-column-used = Última vez
account-by_link = Por un enlace
account-by_password = Por contraseña
account-by_new_password = Por una nueva contraseña
account-by_second_factor = Con un nuevo segundo factor
account-by_provider = En { $provider }
account-by_unused_link = Un enlace que aún no se ha usado

## People.

role-state = Punto de contacto del Estado
role-provider = Proveedor
role-coordinator = Coordinador
role-observer = Observador

## A run.

run-title = Ejecución de { $scenario }
run-based_on = Basado en { $scenario }
run-size = { count-requests }, { count-components }, { count-offers }
run-again = Ejecutar de nuevo
run-cancel = Cancelar
run-compare = Comparar con otra ejecución
run-stress = Probar sin las promesas de contribución
run-publish = Publicar como correspondencias propuestas
run-verified = Verificado
run-not_verified = No verificado: este plan no puede utilizarse.
run-progress = Progreso de la ejecución
run-figure-matches = Correspondencias
run-figure-requests_served = Solicitudes atendidas
run-figure-requests_completed = Solicitudes atendidas por completo
run-figure-components_served = Componentes atendidos
run-figure-cost = Costo de la ayuda con correspondencia
run-figure-gap = Diferencia demostrada
run-figure-seconds = Tiempo empleado
run-figure-of = de { $total }
run-gap-meaning = Ningún plan que cumpla estas reglas puede ser mejor para el primer objetivo en más que esto. Lo que los objetivos siguientes tomaron de él figura en la tabla de objetivos.
run-section-flow = Flujo de ayuda
run-section-coverage = Cobertura por región y esfera
run-section-price = Precio de cada objetivo
run-section-matches = Correspondencias
run-section-unserved = Lo que no se atiende y por qué
run-section-offers = Utilización de cada oferta
run-section-downloads = Descargas
run-column-goal = Objetivo
run-column-best = Mejor por sí solo
run-column-value = En este plan
run-column-gap = Diferencia demostrada
run-column-component = Componente
run-column-request = Solicitud
run-column-offer = Oferta
run-column-period = Período
run-column-quantity = Cantidad
run-column-cost = Costo
run-column-rule = Regla
run-column-why = Por qué
run-column-change = Cambio más pequeño
run-column-started = Inicio
run-all = Todos ({ $number })
run-none-matches = No fue posible ninguna correspondencia con estas reglas.
run-none-unserved = Todos los componentes se atienden por completo.
run-download-snapshot = Problema congelado (JSON)
run-download-run = Ejecución completa con su certificado (JSON)
run-download-plan = Plan (CSV)
run-download-table = Tabla
run-verify-title = Cómo verificar esta ejecución
run-verify-text = Descargue la ejecución completa y vuelva a contarla en su propio equipo. No se necesita ningún optimizador y cualquier cambio en el archivo se detecta.
run-verify-hash = SHA-256 del problema congelado: { $hash }
run-waiting = La ejecución espera un proceso disponible. Esta página mostrará el plan cuando esté listo.
run-infeasible = Ningún plan cumple a la vez todas las reglas y fijaciones. Relaje una fijación o una regla y ejecute de nuevo.
run-failed = La ejecución terminó sin plan. Motivo: { $reason }
run-cancelled = La ejecución se canceló antes de que hubiera un plan.
run-partial = Usted ve los totales y las correspondencias que le están permitidas. La ejecución completa está abierta a los coordinadores.
run-so_far = Hasta ahora

## Rounds and the front page.

round-open = Abierta
round-frozen = Congelada
round-published = Publicada
round-decided = Decidida
round-closed = Cerrada
round-cut_off = Fecha límite: { $date }
front-title = Las rondas y sus resultados
front-recount-title = Vuelva a contarlo usted mismo
front-recount-text = Cada plan que se muestra aquí fue comprobado por un verificador que no conoce el optimizador. Descargue una ejecución con su certificado y repita la comprobación en su propio equipo:

## Mail of a server in development.

shown_mail-title = Correo que no se envió
shown_mail-note = Desde aquí no se envía correo. Abajo figura lo que se habría enviado desde que arrancó el servidor, lo más reciente primero; se conservan { $most } mensajes como máximo. Quien tenga la dirección de esta página puede entrar como cualquiera: no la comparta.
shown_mail-to = Para
shown_mail-open = Abrir el enlace de este mensaje

## Words on many pages.

action-save = Guardar
action-send = Enviar
action-accept = Aceptar
action-decline = Rechazar
action-back = Volver
action-next = Siguiente
action-search = Buscar
list-empty = Todavía no hay nada aquí.
list-more = Más
