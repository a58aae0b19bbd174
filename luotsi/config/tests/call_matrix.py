"""Who may open what of own calls: lines as in access_matrix, for a published call of Tampere."""

CALLS = """
GET  funding:list-own-calls@tampere          in  403 404 404 403 403 404 404 403
GET  funding:begin-own-call@tampere          in  403 404 404 403 403 404 404 403
GET  funding:see-own-call@tampere            in  403 404 404 404 403 404 404 404
GET  funding:edit-own-call@tampere           in  403 404 404 404 403 404 404 404
GET  funding:choose-form@tampere             in  403 404 404 404 403 404 404 404
GET  funding:preview-call@tampere            in  403 404 404 404 403 404 404 404
POST funding:copy-call@tampere               in  403 404 404 404 403 404 404 404
POST funding:discard-call@tampere            in  403 404 404 404 403 404 404 404
POST funding:publish-call@tampere            in  403 404 404 404 403 404 404 404
POST funding:unpublish-call@tampere          in  403 404 404 404 403 404 404 404
GET  funding:withdraw-call@tampere           in  403 404 404 404 403 404 404 404
GET  funding:move-closing@tampere            in  403 404 404 404 403 404 404 404
GET  funding:add-criterion@tampere           in  403 404 404 404 403 404 404 404
GET  funding:edit-criterion@tampere          in  403 404 404 404 403 404 404 404
POST funding:remove-criterion@tampere        in  403 404 404 404 403 404 404 404
GET  funding:add-officer@tampere             in  403 404 404 404 403 404 404 404
GET  funding:edit-officer@tampere            in  403 404 404 404 403 404 404 404
POST funding:end-officer@tampere             in  403 404 404 404 403 404 404 404
GET  funding:list-public-calls               200 200 200 200 200 200 200 200 200
GET  funding:see-public-call                 200 200 200 200 200 200 200 200 200
GET  funding:follow-calls                    200 200 200 200 200 200 200 200 200
GET  funding:download-public-calls           200 200 200 200 200 200 200 200 200
GET  funding:download-public-call            200 200 200 200 200 200 200 200 200
GET  funding:apply-to-call                   in  200 302 200 200 200 200 200 200
"""
