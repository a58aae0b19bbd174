"""Who may open what of learning, in the form of the access matrix.

After the nine of the cast, behind a bar, stand those whom only this room knows: Leo (counsellor of the school with a
caseload), Sanni (counsellor there without one), Tuure (teacher of the very group), Irma (secretary, who keeps the
register of studies) and Minna (a learner). `@group` is their group. A record is Minna's, unless the name of the
address says otherwise.
"""

LEARNING = """
GET  learning:see-room                         in  302 302 302 403 403 404 404 302 | 302 302 404 302 404
GET  learning:see-room@group                   in  302 302 302 403 403 404 404 302 | 302 302 302 302 302
GET  learning:see-figures                      in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:see-caseload                     in  403 403 403 403 403 404 404 403 | 200 200 404 403 404
GET  learning:see-caseload@group               in  403 403 403 403 403 404 404 403 | 200 200 403 403 403
GET  learning:take-caseload                    in  403 403 403 403 403 404 404 403 | 200 200 404 403 404
GET  learning:change-caseload                  in  404 404 404 404 404 404 404 404 | 200 404 404 404 404
POST learning:end-caseload                     in  404 404 404 404 404 404 404 404 | 302 404 404 404 404
GET  learning:see-guidance                     in  404 404 404 404 404 404 404 404 | 200 403 404 403 404
GET  learning:see-guidance@group               in  404 404 404 404 404 404 404 404 | 200 403 403 403 403
GET  learning:write-deed                       in  404 404 404 404 404 404 404 404 | 200 403 404 403 404
GET  learning:move-need                        in  404 404 404 404 404 404 404 404 | 200 403 404 403 404
GET  learning:close-need                       in  404 404 404 404 404 404 404 404 | 200 403 404 403 404
GET  learning:tell-outcome                     in  404 404 404 404 404 404 404 404 | 200 403 404 403 404
GET  learning:answer-saying                    in  404 404 404 404 404 404 404 404 | 200 403 404 403 404
GET  learning:see-own-guidance@group           in  403 403 403 403 403 404 404 403 | 403 403 403 403 200
GET  learning:say-own@group                    in  403 403 403 403 403 404 404 403 | 403 403 403 403 200
POST learning:object-to-scoring@group          in  403 403 403 403 403 404 404 403 | 403 403 403 403 302
POST learning:take-back-objection@group        in  403 403 403 403 403 404 404 403 | 403 403 403 403 302
GET  learning:list-starts                      in  403 403 403 403 403 404 404 403 | 403 403 404 403 404
GET  learning:list-starts@group                in  403 403 403 403 403 404 404 403 | 403 403 200 403 403
GET  learning:judge-start@group                in  404 404 404 404 404 404 404 404 | 403 403 200 403 403
GET  learning:see-effects                      in  200 200 403 403 403 404 404 200 | 403 403 404 403 404
GET  learning:plan-staggered                   in  200 200 403 403 403 404 404 403 | 403 403 404 403 404
POST learning:plan-staggered                   in  422 422 403 403 403 404 404 403 | 403 403 404 403 404
GET  learning:see-staggered                    in  200 200 404 404 404 404 404 200 | 404 404 404 404 404
POST learning:lock-staggered                   in  302 302 404 404 404 404 404 403 | 404 404 404 404 404
GET  learning:stop-staggered                   in  200 200 404 404 404 404 404 403 | 404 404 404 404 404
GET  learning:list-views                       in  403 403 403 403 403 404 404 200 | 403 403 404 403 404
GET  learning:see-forecasts                    in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:see-targeting                    in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:see-quality                      in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:see-quality@group                in  200 200 200 403 403 404 404 200 | 200 200 200 200 403
GET  learning:see-rule                         in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:list-findings                    in  403 403 403 403 403 404 404 403 | 403 403 404 200 404
GET  learning:list-findings@group              in  403 403 403 403 403 404 404 403 | 403 403 403 200 403
GET  learning:list-imports                     in  403 403 403 403 403 404 404 403 | 403 403 404 200 404
GET  learning:list-imports@group               in  403 403 403 403 403 404 404 403 | 403 403 403 200 403
GET  learning:begin-import                     in  403 403 403 403 403 404 404 403 | 403 403 404 200 404
POST learning:begin-import                     in  403 403 403 403 403 404 404 403 | 403 403 404 422 404
GET  learning:see-import                       in  404 404 404 404 404 404 404 404 | 404 404 404 200 404
GET  learning:download-import-faults           in  404 404 404 404 404 404 404 404 | 404 404 404 200 404
GET  learning:list-tuva                        in  403 403 403 403 403 404 404 403 | 200 200 404 200 404
GET  learning:list-tuva@group                  in  403 403 403 403 403 404 404 403 | 200 200 200 200 403
GET  learning:see-tuva@group                   in  404 404 404 404 404 404 404 404 | 200 200 200 200 200
GET  learning:edit-tuva@group                  in  404 404 404 404 404 404 404 404 | 302 403 403 403 302
GET  learning:answer-tuva@group                in  404 404 404 404 404 404 404 404 | 404 403 403 403 403
GET  learning:list-notices                     in  403 403 403 403 403 404 404 403 | 403 403 404 200 404
GET  learning:list-notices@group               in  403 403 403 403 403 404 404 403 | 403 403 403 200 403
GET  learning:add-notice                       in  403 403 403 403 403 404 404 403 | 403 403 404 200 404
POST learning:add-notice                       in  403 403 403 403 403 404 404 403 | 403 403 404 422 404
GET  learning:tell-learners                    in  403 403 403 403 403 404 404 403 | 403 403 404 200 404
POST learning:tell-learners                    in  403 403 403 403 403 404 404 403 | 403 403 404 422 404
GET  learning:see-mine@group                   in  404 404 404 404 404 404 404 404 | 404 404 404 404 200
GET  learning:list-progress                    in  403 403 403 403 403 404 404 403 | 200 200 404 200 404
GET  learning:list-progress@group              in  403 403 403 403 403 404 404 403 | 200 200 200 200 403
GET  learning:see-progress@group               in  404 404 404 404 404 404 404 404 | 200 200 200 200 302
GET  learning:list-totals                      in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:list-totals@group                in  200 200 200 403 403 404 404 200 | 200 200 200 200 403
GET  learning:list-models@tampere              in  200 404 404 403 403 404 404 200 | 404 404 404 404 404
GET  learning:list-models@school               in  404 404 404 404 404 404 404 404 | 404 404 404 404 404
GET  learning:see-model@tampere                in  200 404 404 404 404 404 404 200 | 404 404 404 404 404
GET  learning:see-model@school                 in  404 404 404 404 404 404 404 404 | 404 404 404 404 404
GET  learning:download-evidence@tampere        in  200 404 404 404 404 404 404 200 | 404 404 404 404 404
GET  learning:sign-gap@tampere                 in  200 404 404 404 404 404 404 403 | 404 404 404 404 404
GET  learning:move-switch@tampere              in  200 404 404 403 403 404 404 200 | 404 404 404 404 404
GET  learning:retire-model@tampere             in  200 404 404 404 404 404 404 403 | 404 404 404 404 404
POST learning:ask-for-model@tampere            in  302 404 404 403 403 404 404 403 | 404 404 404 404 404
POST learning:release-model@tampere            in  302 404 404 404 404 404 404 403 | 404 404 404 404 404
"""
