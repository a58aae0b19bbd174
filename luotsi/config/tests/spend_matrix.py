"""Who may open what of the spending of grants, in the form of the access matrix."""

SPENDING = """
GET  funding:see-spending                     in  200 200 404 404 200 404 404 404
GET  funding:list-entries                     in  200 200 404 404 200 404 404 404
GET  funding:rule-entry                       in  200 403 404 404 200 404 404 404
GET  funding:edit-budget                      in  200 403 404 404 200 404 404 404
GET  funding:edit-income                      in  200 403 404 404 200 404 404 404
GET  funding:import-ledger                    in  200 403 404 404 200 404 404 404
GET  funding:download-ledger-template         in  200 403 404 404 200 404 404 404
GET  funding:see-ledger-import                in  200 403 404 404 200 404 404 404
POST funding:run-ledger-import                in  302 403 404 404 302 404 404 404
POST funding:discard-ledger-import            in  302 403 404 404 302 404 404 404
POST funding:undo-ledger-import               in  302 403 404 404 302 404 404 404
GET  funding:download-ledger-faults           in  200 403 404 404 200 404 404 404
GET  funding:add-payment                      in  200 403 404 404 200 404 404 404
GET  funding:edit-payment                     in  200 403 404 404 200 404 404 404
POST funding:remove-payment                   in  302 403 404 404 302 404 404 404
GET  funding:list-doubles                     in  200 200 200 200 200 404 404 200
"""
