"""Who may open what was handed in to an own call of Tampere, in the form of the access matrix.

Bilal applied and Celia teaches at the applicant; Daniel scores the call and has declared no interest yet.
"""

RECEIVED = """
POST funding:open-completion                 in  404 302 404 404 404 404 404 404
GET  funding:hand-in-completion              in  200 200 404 404 200 404 404 404
GET  funding:list-received@tampere           in  403 404 404 404 403 404 404 404
GET  funding:see-received@tampere            in  404 404 404 403 404 404 404 404
GET  funding:set-handler@tampere             in  404 404 404 403 404 404 404 404
GET  funding:ask-completion@tampere          in  404 404 404 403 404 404 404 404
GET  funding:take-back-completion@tampere    in  404 404 404 403 404 404 404 404
GET  funding:see-points@tampere              in  404 404 404 403 404 404 404 404
GET  funding:see-scoring@tampere             in  403 404 404 404 403 404 404 404
GET  funding:add-scorer@tampere              in  403 404 404 404 403 404 404 404
GET  funding:remove-scorer@tampere           in  403 404 404 404 403 404 404 404
GET  funding:close-scoring@tampere           in  403 404 404 404 403 404 404 404
GET  funding:reopen-scoring@tampere          in  403 404 404 404 403 404 404 404
GET  funding:list-scoring@tampere            in  200 404 404 200 200 404 404 200
GET  funding:score-application@tampere       in  404 404 404 302 404 404 404 404
GET  funding:declare-interest@tampere        in  404 404 404 200 404 404 404 404
POST funding:save-points@tampere             in  404 404 404 302 404 404 404 404
GET  funding:see-proposal@tampere            in  403 404 404 404 403 404 404 404
GET  funding:make-proposal@tampere           in  403 404 404 404 403 404 404 404
GET  funding:fix-proposals@tampere           in  403 404 404 404 403 404 404 404
GET  funding:edit-proposal@tampere           in  404 404 404 403 404 404 404 404
POST funding:set-amount@tampere              in  404 404 404 403 404 404 404 404
GET  funding:reopen-proposal@tampere         in  404 404 404 403 404 404 404 404
"""
