"""The table of commands. A new command is a file in this folder and one line here.

A command's module is imported only when the command is called, so that `watertower up` does not
pay for the others.
"""

from importlib.metadata import version

from cyclopts import App

# Words of the command line -> what runs, and its line in the help. Two words: a group's command.
COMMANDS = {
    "up": ("watertower.cli.up:up", "Start the whole server, database included."),
    "web": ("watertower.cli.web:web", "Run one web process."),
    "stream": ("watertower.cli.stream:stream", "Run one streaming process."),
    "worker": ("watertower.cli.worker:worker", "Run one worker process."),
    "migrate": ("watertower.cli.migrate:migrate_database", "Apply missing migrations."),
    "doctor": ("watertower.cli.doctor:doctor", "Check that everything works on this machine."),
    "accounts create": ("watertower.cli.accounts:create", "Make a member."),
    "accounts list": ("watertower.cli.accounts:list_members", "List members."),
    "accounts show": ("watertower.cli.accounts:show", "Show a member."),
    "accounts confirm": ("watertower.cli.accounts:confirm", "Take an address as confirmed."),
    "accounts approve": ("watertower.cli.accounts:approve_member", "Let an applicant in."),
    "accounts set-role": ("watertower.cli.accounts:set_member_role", "Give a member a role."),
    "accounts reset-password": ("watertower.cli.accounts:reset_password", "Set a new password."),
    "accounts suspend": ("watertower.cli.moderation_accounts:suspend", "Suspend an account."),
    "accounts restore": ("watertower.cli.moderation_accounts:restore", "End a suspension."),
    "accounts limit": ("watertower.cli.moderation_accounts:limit", "Limit an account."),
    "accounts unlimit": ("watertower.cli.moderation_accounts:unlimit", "End a limit."),
    "owner create": ("watertower.cli.owner:create_owner", "Make the owner's account."),
    "owner link": ("watertower.cli.owner:owner_link", "Print a link to choose a password."),
    "invites create": ("watertower.cli.invites:create", "Make an invitation, print its address."),
    "invites list": ("watertower.cli.invites:list_invites", "List a member's invitations."),
    "invites end": ("watertower.cli.invites:end", "End an invitation."),
    "site show": ("watertower.cli.site:show_site", "Print what the community decided."),
    "site set": ("watertower.cli.site:set_site", "Decide one thing, like the title."),
    "site rules": ("watertower.cli.site:list_site_rules", "List the rules."),
    "site add-rule": ("watertower.cli.site:add_site_rule", "Add a rule."),
    "site remove-rule": ("watertower.cli.site:remove_site_rule", "Take a rule out of force."),
    "emoji import": ("watertower.cli.emoji:import_images", "Add images as custom emoji."),
    "emoji list": ("watertower.cli.emoji:list_emoji", "List custom emoji."),
    "federation explain": (
        "watertower.cli.federation:explain_activity",
        "Say what became of an activity, and why.",
    ),
    "federation hosts": ("watertower.cli.federation:list_hosts", "Print how deliveries go."),
    "federation pause": ("watertower.cli.federation:pause_host", "Hold back deliveries."),
    "federation resume": ("watertower.cli.federation:resume_host", "Let deliveries go again."),
    "audit export": ("watertower.cli.moderation_audit:export", "Print the audit log."),
    "mail receive": (
        "watertower.cli.moderation_mail:receive",
        "Take an answer to moderation from the mail server.",
    ),
    "federation relays": ("watertower.cli.relays:list_relays", "Print our relays."),
    "federation relay-add": ("watertower.cli.relays:add_relay", "Subscribe to a relay."),
    "federation relay-remove": ("watertower.cli.relays:remove_relay", "Leave a relay."),
    "federation block": ("watertower.cli.moderation_servers:block", "Limit or suspend a server."),
    "federation unblock": ("watertower.cli.moderation_servers:unblock", "Lift it again."),
    "federation blocklist-import": (
        "watertower.cli.moderation_servers:blocklist_import",
        "Read a blocklist of others.",
    ),
    "federation blocklist-export": (
        "watertower.cli.moderation_servers:blocklist_export",
        "Write ours as a file.",
    ),
    "team appoint": ("watertower.cli.moderation_team:appoint", "Name the first lead of a team."),
    "team show": ("watertower.cli.moderation_team:show", "Print who is in which team."),
    "team end": ("watertower.cli.moderation_team:end", "End somebody's stay in a team."),
    "dev accounts": ("watertower.cli.dev:dev_accounts", "Make many members for measurements."),
    "config check": ("watertower.cli.config_check:config_check", "Check and print the settings."),
    "demo": ("watertower.cli.demo.command:demo", "Fill the server with a made-up community."),
    "docs write": ("watertower.cli.docs_write:docs_write", "Write the generated pages."),
    "version": ("watertower.cli.version:show_version", "Print the version."),
}
GROUPS = {
    "accounts": "Members of this server.",
    "owner": "The person who may do everything.",
    "invites": "Letting people in who were asked to come.",
    "site": "What the community says about itself: name, contact, rules, who may join.",
    "team": "Who moderates and who keeps the machines.",
    "emoji": "Custom emoji of this server.",
    "mail": "Mail that comes in.",
    "federation": "The exchange with other servers.",
    "audit": "What staff did, and what they looked at.",
    "dev": "For development and measurements only.",
    "config": "The settings of this server.",
    "docs": "The generated pages of the documentation.",
}


def make_app() -> App:
    """The command line, with every command of the table."""
    app = App(
        name="watertower",
        help="A community server that speaks the Mastodon API and ActivityPub.",
        version=lambda: version("watertower"),
    )
    groups: dict[str, App] = {}
    for words, (target, says) in COMMANDS.items():
        *group, name = words.split(" ")
        if not group:
            app.command(target, name=name, help=says)
            continue
        if group[0] not in groups:
            groups[group[0]] = App(name=group[0], help=GROUPS[group[0]])
            app.command(groups[group[0]])
        groups[group[0]].command(target, name=name, help=says)
    return app
