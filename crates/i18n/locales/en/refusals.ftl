### Refusals of the interface.
## Refusals of the interface (RFC 9457): what happened, what happened this time, what to do.

refusal-unauthenticated = Sign in first
refusal-unauthenticated-detail = No valid token came with the request.
refusal-unauthenticated-action = Send a token in force as Authorization: Bearer nm_….
refusal-forbidden = You may not do this
refusal-forbidden-detail = Your parties and scopes do not let you { $action }.
refusal-forbidden-action = Ask a manager of the party, or use a token with the scope.
refusal-not_found = There is no such thing here
refusal-not_found-detail = There is no { $kind } { $key } that you may see.
refusal-not_found-action = Compare the address with /api/v1/openapi.json.
refusal-method_not_allowed = This address has no such method
refusal-method_not_allowed-detail = This address is known, but not with this method.
refusal-method_not_allowed-action = Compare the address with /api/v1/openapi.json.
refusal-not_allowed_now = This step cannot be taken now
refusal-not_allowed_now-detail = The { $kind } is { $state }; { $step } is not possible now.
refusal-not_allowed_now-action = Possible now: { $allowed }.
refusal-not_allowed_now-end = Nothing can be done about it any more.
refusal-before_cut_off = The cut-off of the round is yet to come
refusal-before_cut_off-detail = Requests and offers of the round come in until { $cut_off_at }; it can be frozen from then on.
refusal-before_cut_off-action = Freeze it then, or move its cut-off.
refusal-taken = This value is taken
refusal-taken-detail = Taken already: { $what }.
refusal-taken-action = Choose another, or change the one that has it.
refusal-in_flight = The first request with this key is still under way
refusal-in_flight-detail = The first request with this Idempotency-Key has not ended yet.
refusal-in_flight-action = Send the same request again in a moment.
refusal-version_mismatch = It was changed meanwhile
refusal-version_mismatch-detail = You named version { $expected }, it is at version { $actual }.
refusal-version_mismatch-action = Read it again, and make the change against what stands.
refusal-too_large = Too large
refusal-too_large-detail = { $what } has { $actual }, at most { $limit } are allowed.
refusal-too_large-action = Send less at once.
refusal-unsupported_media_type = Send JSON
refusal-unsupported_media_type-detail = The body is not declared as application/json.
refusal-unsupported_media_type-action = Send Content-Type: application/json.
refusal-not_json = This is no JSON
refusal-not_json-detail = The body cannot be read: { $reason }.
refusal-not_json-action = Correct what is named and send it again.
refusal-bad_parameter = A parameter is not what it should be
refusal-bad_parameter-detail = { $name } is "{ $value }", which is not { $expected }.
refusal-bad_parameter-action = Correct what is named and send it again.
refusal-invalid = The document breaks rules
refusal-invalid-detail =
    { $count ->
        [one] { $count } error; it stands under errors with its place.
       *[other] { $count } errors; each stands under errors with its place.
    }
refusal-invalid-action = Correct what is named and send it again.
refusal-key_reused = This idempotency key was used for something else
refusal-key_reused-detail = This Idempotency-Key came with another request before.
refusal-key_reused-action = Use a new key for a new request.
refusal-rule_broken = A rule of the register refuses it
refusal-rule_broken-detail = { $rule }.
refusal-rule_broken-action = Change the request so that it keeps the rule.
refusal-cannot_freeze = The round cannot be frozen
refusal-cannot_freeze-detail = { $faults }
refusal-cannot_freeze-action = Correct the rows that are named.
refusal-version_required = Say which version you are changing
refusal-version_required-detail = A change without the version it is made against could undo another's.
refusal-version_required-action = Send the ETag you read as If-Match.
refusal-too_many_requests = Too many requests
refusal-too_many_requests-detail = More came at once than is taken.
refusal-too_many_requests-action = Send the same request again after as many seconds as `Retry-After` names.
refusal-internal = Something broke here
refusal-internal-detail = The fault is ours; it stands in the log under the request's identifier.
refusal-internal-action = Report the request's identifier, in X-Request-Id.
refusal-busy = Busy; try again
refusal-busy-detail = Another change is in the way.
refusal-busy-action = Send the same request again in a moment.
refusal-unavailable = The register cannot be reached
refusal-unavailable-detail = The register does not answer.
refusal-unavailable-action = Send the same request again in a moment.
refusal-storage_full = No room is left
refusal-storage_full-detail = The register cannot write any more.
refusal-storage_full-action = Ask the operator to make room.

## What keeps a round from being frozen. The place stands before it.

freeze-place = { $file }, row { $row }, column { $column }: { $fault }
freeze-place-row = { $file }, row { $row }: { $fault }
freeze-place-column = { $file }, column { $column }: { $fault }
freeze-place-file = { $file }: { $fault }
freeze-setting = setting "{ $setting }": { $fault }
freeze-unknown = "{ $value }" is not in the scenario: correct it, or add the row it refers to
freeze-duplicate = stands there twice: remove one of the rows
freeze-out_of_range = { $value } is outside { $least } to { $most }: correct it
freeze-foreign_mitigation = component "{ $component }" belongs to another request: name one of the same request
freeze-missing_rate = no rate for "{ $currency }": add { $currency } to [rates] in scenario.toml
freeze-converted_too_large = is { $converted } in the accounting currency, more than { $limit }: correct amount or rate, or account in a larger unit
freeze-weight_too_large = request "{ $request }" would weigh { $weight }, more than { $limit }: use smaller weights
freeze-draw_too_large = one unit would draw { $draw } thousandths from offer "{ $offer }", more than 1000 times { $limit }: use a smaller unit with a lower cost, or a lower delivery_permille
freeze-score_too_large = one unit from offer "{ $offer }" would score { $score }, more than fits 64 bits: use smaller weights, a lower unit_value, or a smaller unit
freeze-lock_without_period = a lock names its period: fill it in
freeze-lock_on_met = the component is already met, by what was received or by a programme: remove the lock, or correct received or the programme's amount
freeze-lock_on_settled = another alternative of the component's choice is already met: remove the lock, or correct what was received of the other
freeze-locked_and_forbidden = the pair is both locked and forbidden in this period: remove the lock or the forbid
freeze-problem = { $place }: { $what }
freeze-total = the sum of { $name } passes 2^62: use a larger unit of account or smaller weights

## Parts of sentences with values.

part-one_of = one of { $allowed }
part-number = a number from { $least } to { $most }
part-characters = 1 to { $most } visible ASCII characters
part-character = holds { $character }, which an identifier may not hold (no spaces at the ends, control or direction characters, `;` or `@`)
part-json = no JSON at line { $line }, column { $column }
part-step_from = a step from { $state }
part-with = { $phrase }: { $value }
part-field = { $place }: { $fault }; { $action }
part-about = "{ $value }" { $fault }
