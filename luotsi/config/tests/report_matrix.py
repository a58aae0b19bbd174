"""Who may open what of reports to funders and change requests, in the form of the access matrix."""

REPORTING = """
GET  funding:list-changes                     in  200 200 404 404 200 404 404 404
POST funding:begin-change                     in  302 302 404 404 302 404 404 404
GET  funding:see-change                       in  200 200 404 404 200 404 404 404
GET  funding:write-change                     in  200 200 404 404 200 404 404 404
GET  funding:send-change                      in  200 200 404 404 200 404 404 404
GET  funding:answer-change                    in  200 403 404 404 200 404 404 404
POST funding:withdraw-change                  in  302 302 404 404 302 404 404 404
GET  funding:download-change                  in  200 200 404 404 200 404 404 404
GET  funding:list-grant-reports               in  200 200 404 404 200 404 404 404
POST funding:begin-grant-report               in  302 302 404 404 302 404 404 404
GET  funding:see-grant-report                 in  200 200 404 404 200 404 404 404
GET  funding:write-grant-report               in  200 200 404 404 200 404 404 404
GET  funding:send-grant-report                in  200 200 404 404 200 404 404 404
POST funding:complete-grant-report            in  302 302 404 404 302 404 404 404
POST funding:discard-grant-report             in  302 302 404 404 302 404 404 404
GET  funding:download-grant-report            in  200 200 404 404 200 404 404 404
"""
