### Short figures and counts.

## Short figures. The value is already written as the language does; the space before the unit does not break.

figure-thousand = { $value } mil
figure-million = { $value } M
figure-milliard = { $value } mil M
figure-seconds = { $value } s
figure-moment = { $date }, { $time } UTC

## Counts, put into other messages.

count-offers =
    { $offers ->
        [one] { $offers } oferta
       *[other] { $offers } ofertas
    }
count-requests =
    { $requests ->
        [one] { $requests } solicitud
       *[other] { $requests } solicitudes
    }
count-components =
    { $components ->
        [one] { $components } componente
       *[other] { $components } componentes
    }
count-matches =
    { $matches ->
        [one] { $matches } correspondencia
       *[other] { $matches } correspondencias
    }
count-providers =
    { $providers ->
        [one] { $providers } proveedor
       *[other] { $providers } proveedores
    }
count-states =
    { $states ->
        [one] { $states } Estado
       *[other] { $states } Estados
    }
count-refused =
    { $offers ->
        [one] { $offers } oferta rechazada
       *[other] { $offers } ofertas rechazadas
    }
