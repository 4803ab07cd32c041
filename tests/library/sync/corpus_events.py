"""What a person finds in real stories, by the beginnings of their files' names."""

from __future__ import annotations

EVENTS: dict[str, tuple[str, ...]] = {
    "The NBA takes its games to Azure": (
        "azure/2020-04-16-microsoft-and-",
        "azure/2020-04-16-microsoft-inks-deal-",
        "azure/2020-04-16-microsoft-inks-multi-",
        "azure/2020-04-16-microsoft-lands-",
        "azure/2020-04-16-microsoft-nba-",
        "azure/2020-04-16-microsoft-partners-",
        "azure/2020-04-16-microsoft-signs-",
        "azure/2020-04-16-nba-and-",
        "azure/2020-04-16-nba-announces-",
        "azure/2020-04-16-nba-microsoft-",
        "azure/2020-04-17-nba-taps-",
        "azure/2020-04-18-microsoft-becoming-",
        "azure/2020-04-20-the-nba-",
    ),
    "The Pentagon's inspector general on the award of JEDI": (
        "azure/2020-04-15-dod-clears-",
        "azure/2020-04-15-pentagon-watchdog-clears-microsofts-10-billion-cloud-",
        "azure/2020-04-15-pentagon-watchdog-clears-microsofts-10-billion-jedi-",
        "azure/2020-04-15-pentagons-inspector-",
        "azure/2020-04-16-jedi-war-",
        "azure/2020-04-17-microsofts-jedi-",
        "azure/2020-04-20-govexec-daily-",
    ),
    "The lawsuit about JEDI is stayed": (
        "azure/2020-04-17-dispute-between-",
        "azure/2020-04-19-amazons-jedi-",
    ),
    "A Kubernetes badge for Wipro": (
        "azure/2021-08-02-wipro-has-",
        "azure/2021-08-03-wipro-achieves-",
        "azure/2021-08-03-wipro-has-",
        "azure/2021-08-04-wipro-earns-",
        "azure/2021-08-04-wipro-has-",
    ),
    "SimCorp's platform as a service": (
        "azure/2020-08-12-simcorp-as-",
        "azure/2020-08-12-simcorp-completes-",
        "azure/2020-08-12-simcorp-launches-",
        "azure/2020-08-12-simcorp-offers-",
    ),
    "Uptake's data store in the marketplace": (
        "azure/2021-05-18-uptake-fusion-cloud-datastore-for-osisoft-pi-now-available-on-microsoft-azure-marketplace-",
        "azure/2021-05-18-uptake-fusion-cloud-datastore-for-osisoft-pi-now-available-on-microsoft-azure-marketplace.md",
        "azure/2021-05-20-uptake-fusion-",
    ),
    "A certificate for Telit's modules": (
        "azure/2020-08-12-telits-comprehensive-",
        "azure/2020-08-12-telits-modules-",
        "azure/2020-08-15-telits-comprehensive-",
    ),
    "New content for a Star Wars game": (
        "azure/2020-05-05-star-wars-jedi-fallen-order-free-",
        "azure/2020-05-05-star-wars-jedi-fallen-order-video-",
    ),
    "The US Army tries a storm model in the cloud": (
        "azure/2021-07-24-army-tests-",
        "azure/2021-07-27-army-tests-",
    ),
    "A ranking of integrators names Accenture": (
        "azure/2021-01-11-accenture-positioned-",
        "azure/2021-01-12-accenture-positioned-",
    ),
    "SymphonyCare in the marketplace": (
        "azure/2021-01-12-symphonycare-wellstack-",
        "azure/2021-01-13-symphonycare-wellstack-",
    ),
    "Credit buys beqom": (
        "azure/2021-04-14-microsoft-azure-",
        "azure/2021-04-15-microsoft-azure-",
    ),
    "UnitedLex in the marketplace": (
        "azure/2021-04-19-unitedlex-vantage-",
        "azure/2021-04-20-unitedlex-vantage-",
    ),
    "A region of data centres in Malaysia": (
        "azure/2021-04-19-microsoft-announces-",
        "azure/2021-04-20-microsoft-building-",
    ),
    "ConsenSys takes over from Azure Blockchain": (
        "azure/2021-05-30-as-microsoft-",
        "azure/2021-05-31-as-microsoft-",
    ),
    "3Cloud and Databricks": (
        "azure/2021-05-25-3cloud-partners-",
        "azure/2021-05-26-3cloud-partners-",
    ),
    "An SAP badge for MSRCosmos": (
        "azure/2020-08-03-msrcosmos-has-",
        "azure/2020-08-04-msrcosmos-has-",
    ),
    "Alithya's trade surveillance": (
        "azure/2020-07-15-alithya-launches-ai-fi-",
        "azure/2020-07-15-alithya-launches-ai-fitm-",
    ),
    "Hanno Basse changes sides": (
        "azure/2020-04-23-ex-20th-",
        "azure/2020-04-23-former-fox-",
    ),
    "Azure's services on anyone's Kubernetes": (
        "azure/2021-05-25-microsoft-brings-",
        "azure/2021-05-25-public-preview-run-app-",
        "azure/2021-05-25-public-preview-run-event-",
    ),
    "What Build 2021 brought for Azure": (
        "azure/2021-05-25-15-big-",
        "azure/2021-05-25-microsoft-azure-is-",
        "azure/2021-05-26-15-azure-",
        "azure/2021-05-26-azure-at-",
        "azure/2021-05-29-microsoft-build-",
        "azure/2021-05-31-microsoft-build-",
        "azure/2021-06-02-microsoft-turns-",
    ),
    "A Kubernetes badge for Softline": (
        "azure/2021-06-28-softline-has-",
        "azure/2021-07-02-softline-has-",
    ),
    "An analyst's opinion on workplaces, in two places": (
        "azure/2020-05-12-opinion-new-",
        "azure/2020-05-14-new-workplace-",
    ),
    "A press note on an AI copilot": (
        "powerapps/2023-08-11-innovate-with-",
        "powerapps/2023-08-14-innovate-with-",
    ),
    "emfluence and Power Apps": (
        "powerapps/2022-04-20-emfluence-marketing-",
        "powerapps/2022-04-21-emfluence-marketing-",
    ),
    "Free training weekends of NetCom": (
        "powerapps/2021-11-08-master-microsoft-",
        "powerapps/2021-11-09-master-microsoft-",
    ),
    "Custom pages and an app designer for Power Apps": (
        "powerapps/2021-05-05-microsoft-fleshes-",
        "powerapps/2021-05-06-microsoft-fleshes-",
    ),
    "What Build 2021 brought for developers": (
        "powerapps/2021-05-30-microsoft-build-",
        "powerapps/2021-05-31-microsoft-build-",
    ),
}
"""Events some of whose stories are linked to each other, or wire copy: what the rule is made for."""

WITHOUT_LINKS: dict[str, tuple[str, ...]] = {
    "Windows containers on AKS": (
        "azure/2020-04-28-microsoft-beefs-",
        "azure/2020-04-28-windows-server-",
        "azure/2020-05-05-microsoft-announces-",
    ),
    "GPT-3 writes formulas": (
        "powerapps/2021-05-25-introducing-power-",
        "powerapps/2021-05-25-microsoft-uses-",
        "powerapps/2021-05-26-gpt-3-",
        "powerapps/2021-05-26-microsoft-introduces-",
        "powerapps/2021-05-26-microsoft-uses-",
    ),
    "Provance's ServiceTeam": (
        "powerapps/2021-05-10-provance-releases-",
        "powerapps/2021-05-11-provance-releases-",
        "powerapps/2021-05-11-re-transmission-",
        "powerapps/2021-05-13-provance-releases-",
        "powerapps/2021-05-13-re-transmission-",
    ),
    "What Ignite 2021 brought for Power Apps": (
        "powerapps/2021-11-02-microsoft-power-",
        "powerapps/2021-11-02-power-apps-mobile-",
        "powerapps/2021-11-02-power-apps-sees-",
        "powerapps/2021-11-06-power-apps-",
    ),
    "Portals become Power Pages": (
        "powerapps/2022-05-10-microsoft-to-rebrand-",
        "powerapps/2022-05-10-microsoft-to-rechristen-",
        "powerapps/2022-05-13-microsoft-will-",
    ),
    "New ways to make tables": (
        "powerapps/2023-08-29-introducing-new-",
        "powerapps/2023-08-31-microsoft-introduces-",
    ),
    "Three announcements at a conference": (
        "powerapps/2022-09-20-power-apps-",
        "powerapps/2022-09-22-microsoft-power-",
    ),
    "Dataverse for Teams leaves its preview": (
        "powerapps/2020-11-16-reshape-the-",
        "powerapps/2020-11-17-microsoft-announces-",
        "powerapps/2020-11-17-microsoft-teams-enhances-",
        "powerapps/2020-11-17-microsoft-teams-power-",
    ),
    "38 million records lie open": (
        "powerapps/2021-08-23-38-million-records-exposed-because-",
        "powerapps/2021-08-23-38-million-records-exposed-microsoft-",
        "powerapps/2021-08-23-microsoft-power-",
        "powerapps/2021-08-24-38m-records-",
        "powerapps/2021-08-24-companies-using-",
        "powerapps/2021-08-24-massive-microsoft-power-apps-data-breach-exposes-personal-details-of-38-million-people-",
        "powerapps/2021-08-24-massive-microsoft-power-apps-data-breach-exposes-personal-details-of-38-million-people.md",
        "powerapps/2021-08-24-microsoft-power-apps-data-",
        "powerapps/2021-08-24-microsoft-power-apps-faced-",
        "powerapps/2021-08-24-microsoft-power-apps-misconfiguration-exposes-38-",
        "powerapps/2021-08-24-microsoft-power-apps-misconfiguration-exposes-38m-",
        "powerapps/2021-08-24-microsoft-power-apps-misconfigurations-",
        "powerapps/2021-08-24-microsoft-power-apps-snafu-",
        "powerapps/2021-08-24-microsoft-power-apps-tool-",
        "powerapps/2021-08-24-misconfigured-microsoft-power-apps-applications-",
        "powerapps/2021-08-24-misconfigured-microsoft-power-apps-spill-",
        "powerapps/2021-08-24-power-apps-users-",
        "powerapps/2021-08-24-researchers-found-",
        "powerapps/2021-08-25-default-configs-",
        "powerapps/2021-08-25-default-permission-",
        "powerapps/2021-08-25-microsoft-power-apps-leads-",
        "powerapps/2021-08-25-microsoft-power-apps-misconfiguration-exposes-data-",
        "powerapps/2021-08-25-microsoft-power-apps-misconfiguration-exposes-millions-",
        "powerapps/2021-08-25-misconfigured-microsoft-",
        "powerapps/2021-08-25-rampant-misconfigurations-",
        "powerapps/2021-08-26-microsoft-makes-",
        "powerapps/2021-08-26-microsoft-power-",
        "powerapps/2021-08-27-microsoft-power-",
        "powerapps/2021-08-27-microsoft-updates-",
        "powerapps/2021-08-28-38m-records-",
        "powerapps/2021-08-28-misconfigurations-in-",
    ),
}
"""Events whose stories have no links to each other, as a library of other files may have them by the dozen."""


FOUND: dict[str, tuple[str, ...]] = {
    "Snapshots of file shares": (
        "azure/2020-04-29-azure-file-",
        "azure/2020-04-29-azure-files-",
    ),
    "Restoring in another region": (
        "azure/2020-04-29-cross-region-",
        "azure/2020-04-30-cross-region-",
    ),
    "More hardware for databases": (
        "azure/2020-07-21-new-memory-",
        "azure/2020-07-23-new-memory-",
    ),
    "A bundle of courses is on offer again": (
        "azure/2020-08-10-reminder-save-",
        "azure/2020-08-13-reminder-save-",
    ),
    "Machines for science in the Emirates": (
        "azure/2020-12-11-hbv2-series-vms-for-hpc-are-",
        "azure/2020-12-11-hbv2-series-vms-for-hpc-now-",
    ),
    "Power Apps lean on Azure": (
        "powerapps/2020-09-22-achieve-your-",
        "powerapps/2020-09-24-microsofts-low-",
    ),
    "Power Apps meet GitHub and Teams": (
        "powerapps/2020-09-22-github-actions-",
        "powerapps/2020-09-23-as-low-",
    ),
    "A language for formulas": (
        "powerapps/2021-03-02-introducing-microsoft-",
        "powerapps/2021-03-02-what-is-",
    ),
    "A ranking of low-code platforms": (
        "powerapps/2021-05-11-microsoft-is-",
        "powerapps/2021-05-14-microsoft-power-",
    ),
    "Prices and licences from October": (
        "powerapps/2021-07-01-apps-for-",
        "powerapps/2021-07-02-microsoft-details-",
    ),
    "Power Apps by what is used": (
        "powerapps/2022-03-08-announcing-the-",
        "powerapps/2022-03-10-microsoft-introduces-",
    ),
    "A price that may rise": (
        "powerapps/2022-03-11-microsoft-power-apps-could-",
        "powerapps/2022-03-11-microsoft-power-apps-might-",
    ),
    "Prices of Power Apps change": (
        "powerapps/2022-03-21-microsoft-makes-",
        "powerapps/2022-03-22-microsoft-makes-",
    ),
    "What Build 2022 brought for Power Apps": (
        "powerapps/2022-05-24-microsofts-new-",
        "powerapps/2022-05-24-rich-actionable-",
    ),
    "A copilot makes apps": (
        "powerapps/2023-03-16-announcing-a-",
        "powerapps/2023-03-17-ai-is-",
    ),
    "A copilot answers in apps": (
        "powerapps/2023-08-21-copilot-brings-",
        "powerapps/2023-08-23-microsoft-introduces-",
    ),
    "The copilot leaves its preview": (
        "powerapps/2023-10-18-build-better-",
        "powerapps/2023-10-20-copilot-in-",
    ),
    "A copilot fills in forms": (
        "powerapps/2024-03-06-copilot-assistance-",
        "powerapps/2024-03-07-microsofts-copilot-",
    ),
}
"""Events that were seen only when the program had found them."""

TWINS = (
    ("azure/2020-04-28-azure-private-", "azure/2020-04-28-azure-advisor-"),
    ("azure/2021-08-02-wipro-has-", "azure/2021-08-02-arinco-gains-"),
    ("azure/2021-04-16-az-301-", "azure/2021-04-18-dp-200-"),
    ("azure/2021-04-16-az-301-", "azure/2021-04-17-authentic-azure-"),
    ("azure/2021-04-17-authentic-azure-", "azure/2021-04-18-dp-200-"),
    ("azure/2021-04-16-az-301-", "azure/2021-04-19-latest-az-"),
    ("azure/2021-04-18-dp-200-", "azure/2021-04-19-latest-az-"),
    ("azure/2021-04-17-authentic-azure-", "azure/2021-04-18-latest-microsoft-"),
    ("azure/2021-04-19-official-microsoft-", "azure/2021-04-18-dp-200-"),
    ("azure/2021-04-19-official-microsoft-", "azure/2021-04-19-latest-az-"),
    (
        "azure/2020-08-31-azure-container-registry-now-available-in-switzerland-",
        "azure/2020-08-31-azure-container-registry-now-available-in-uae-",
    ),
    (
        "azure/2021-07-30-general-availability-web-application-firewall-waf-geomatch-",
        "azure/2021-07-30-general-availability-web-application-firewall-waf-bot-",
    ),
    ("azure/2021-05-25-azure-machine-learning-general-", "azure/2021-05-25-azure-machine-learning-public-"),
    ("azure/2020-05-14-azure-private-", "azure/2020-05-14-private-endpoints-"),
    ("azure/2020-04-28-azure-private-", "azure/2020-04-29-spatial-geometry-"),
    ("azure/2020-04-28-azure-advisor-", "azure/2020-04-29-azure-files-"),
    ("azure/2021-04-14-msix-app-", "azure/2021-04-16-open-source-"),
    ("azure/2020-12-07-azure-databricks-", "azure/2020-12-09-azure-data-"),
    ("azure/2020-09-28-azure-container-", "azure/2020-09-30-shared-disks-"),
    ("azure/2021-07-21-general-availability-better-", "azure/2021-07-21-general-availability-new-"),
    ("azure/2021-07-19-announcing-the-", "azure/2021-07-21-general-availability-better-"),
    ("powerapps/2022-06-01-announcing-the-", "powerapps/2022-06-02-announcing-the-"),
    ("powerapps/2021-02-08-power-apps-", "powerapps/2021-02-04-power-apps-"),
    ("powerapps/2022-02-08-announcing-general-", "powerapps/2022-02-09-announcing-general-"),
    ("powerapps/2021-11-03-power-apps-portals-query-", "powerapps/2021-11-03-power-apps-portals-use-"),
    ("azure/2021-05-25-public-preview-kubernetes-", "azure/2021-05-25-public-preview-run-event-"),
)
"""Stories of one form, or of a series, that report different things."""
