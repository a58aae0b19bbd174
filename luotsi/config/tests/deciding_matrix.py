"""Who may open what of decisions, payments and reports of an own call that is not published: its officers alone.

The cast has no officer; what officers get is told by the tests of the pages.
"""

DECIDING = """
GET  funding:list-decisions@tampere          in  404 404 404 404 404 404 404 404
GET  funding:decide-call@tampere             in  404 404 404 404 404 404 404 404
POST funding:take-back-decisions@tampere     in  404 404 404 404 404 404 404 404
POST funding:send-decisions@tampere          in  404 404 404 404 404 404 404 404
POST funding:resume-decisions@tampere        in  404 404 404 404 404 404 404 404
GET  funding:download-letters@tampere        in  404 404 404 404 404 404 404 404
GET  funding:download-letter@tampere         in  404 404 404 404 404 404 404 404
GET  funding:download-own-letter             in  200 200 404 404 200 404 404 404
GET  funding:list-payments@tampere           in  404 404 404 404 404 404 404 404
POST funding:make-payments@tampere           in  404 404 404 404 404 404 404 404
GET  funding:download-payments@tampere       in  404 404 404 404 404 404 404 404
POST funding:confirm-payments@tampere        in  404 404 404 404 404 404 404 404
POST funding:discard-payments@tampere        in  404 404 404 404 404 404 404 404
GET  funding:ask-back@tampere                in  404 404 404 404 404 404 404 404
GET  funding:list-asked-changes@tampere      in  404 404 404 404 404 404 404 404
GET  funding:see-asked-change@tampere        in  404 404 404 404 404 404 404 404
GET  funding:answer-asked-change@tampere     in  404 404 404 404 404 404 404 404
GET  funding:list-checks@tampere             in  404 404 404 404 404 404 404 404
GET  funding:draw-sample@tampere             in  404 404 404 404 404 404 404 404
GET  funding:check-report@tampere            in  404 404 404 404 404 404 404 404
GET  funding:see-statistics@tampere          in  404 404 404 404 404 404 404 404
GET  funding:see-funder-statistics@tampere   in  403 404 404 403 403 404 404 403
GET  funding:download-grants                 200 200 200 200 200 200 200 200 200
"""
