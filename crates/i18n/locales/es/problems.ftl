### What went wrong, and what to do.

## Titles and advice of error pages and of problem documents (RFC 9457).

problem-bad_request = No se puede leer lo enviado
problem-bad_request-advice = Corrija lo indicado a continuación y envíelo de nuevo.
problem-unauthenticated = Inicie sesión primero
problem-unauthenticated-advice = Esta página es para personas que han iniciado sesión.
problem-forbidden = Su función no lo permite
problem-forbidden-advice = Pida ese derecho a un responsable de su entidad.
problem-not_found = No hay nada aquí
problem-not_found-advice = No existe o no es visible para usted. Compruebe la dirección.
problem-conflict = No es posible en el estado actual
problem-conflict-advice = Posible ahora: { $allowed }.
problem-before_cut_off = La fecha límite de la ronda aún no ha pasado
problem-before_cut_off-advice = Esta ronda podrá congelarse a partir de esta fecha: { $date }. Congélela entonces o cambie la fecha límite.
problem-changed = Alguien lo modificó entretanto
problem-changed-advice = Cárguelo de nuevo, mire el cambio y repita el suyo.
problem-too_large = Demasiado grande
problem-too_large-advice = Se pueden enviar como máximo { $limit } a la vez. Envíelo por partes.
problem-invalid = Algunos campos deben corregirse
problem-invalid-advice =
    { $fields ->
        [one] { $fields } campo está señalado a continuación con lo que debe hacerse.
       *[other] { $fields } campos están señalados a continuación con lo que debe hacerse.
    }
problem-too_many = Demasiadas peticiones a la vez
problem-too_many-advice =
    { $seconds ->
        [one] Inténtelo de nuevo dentro de { $seconds } segundo.
       *[other] Inténtelo de nuevo dentro de { $seconds } segundos.
    }
problem-internal = Algo ha fallado aquí
problem-internal-advice = No se ha perdido nada. Inténtelo de nuevo y, si persiste, comunique este número al coordinador: { $reference }.
problem-unavailable = No disponible por el momento
problem-unavailable-advice = El servicio está ocupado o se está reiniciando. Inténtelo de nuevo en breve.
