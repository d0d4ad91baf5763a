### What went wrong, and what to do.

## Titles and advice of error pages and of problem documents (RFC 9457).

problem-bad_request = What was sent cannot be read
problem-bad_request-advice = Correct what is named below and send it again.
problem-unauthenticated = Sign in first
problem-unauthenticated-advice = This page is for people who have signed in.
problem-forbidden = Your role does not allow this
problem-forbidden-advice = Ask a manager of your party for the right to do it.
problem-not_found = Nothing is here
problem-not_found-advice = It does not exist, or it is not visible to you. Check the address.
problem-conflict = Not possible in its present state
problem-conflict-advice = Possible now: { $allowed }.
problem-before_cut_off = The cut-off of the round is yet to come
problem-before_cut_off-advice = The round can be frozen from { $date } on. Freeze it then, or move its cut-off.
problem-changed = Somebody changed it in the meantime
problem-changed-advice = Load it again, look at the change and repeat yours.
problem-too_large = Too large
problem-too_large-advice = At most { $limit } can be sent at once. Send it in parts.
problem-invalid = Some fields need correction
problem-invalid-advice =
    { $fields ->
        [one] { $fields } field is marked below with what to do.
       *[other] { $fields } fields are marked below with what to do.
    }
problem-too_many = Too many at once
problem-too_many-advice =
    { $seconds ->
        [one] Try again in { $seconds } second.
       *[other] Try again in { $seconds } seconds.
    }
problem-internal = Something went wrong here
problem-internal-advice = Nothing was lost. Try again, and if it stays, tell the coordinator this number: { $reference }.
problem-unavailable = Not available for the moment
problem-unavailable-advice = The service is busy or being restarted. Try again shortly.
