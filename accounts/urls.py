from django.urls import path

from accounts.views import hospitals, invitations, members, resets

app_name = "accounts"

urlpatterns = [
    path("users/", members.user_list, name="user_list"),
    path("users/invite/", members.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/revoke/", members.revoke_invitation, name="revoke_invitation"),
    path("join/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("settings/", hospitals.settings, name="settings"),
    path("changes/", hospitals.changes, name="changes"),
    path("invitations/<uuid:invitation_id>/resend/", members.resend_invitation, name="resend_invitation"),
    path("resets/<uuid:reset_id>/", resets.answer, name="answer_reset"),
    path("second-factor/<str:token>/", resets.use, name="use_reset"),
    path("switch/", hospitals.switch_hospital, name="switch_hospital"),
]
