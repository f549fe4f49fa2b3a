// Keys and tokens of source code, packages, builds and infrastructure, as their providers document
// them.
#include "core/sanitizer/text/provider_tables.hpp"

namespace studiosync {
namespace {

constexpr std::array formats{
    TokenFormat{.rule = {"provider.github_token", "GitHub token",
                         "A personal, OAuth, app or refresh token of GitHub.",
                         "gh"
                         "p_Z0TffAVFSNyEME7RAceLEj8vnzyeCm1JOz9ZuHZM"},
                .prefixes = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_"},
                .parts = {run(chars::alnum, 30, 255)}},
    TokenFormat{.rule = {"provider.github_fine_grained_token",
                         "GitHub fine-grained personal access token", opens_account,
                         "gi"
                         "thub_pat_irfzUKL1iusPuQh1pUCvKmADYtfO71wnM7ZQreW16gzScRptMJ"},
                .prefixes = {"github_pat_"},
                .parts = {run(chars::word, 50, 255)}},
    TokenFormat{.rule = {"provider.github_raw_token", "GitHub token in a raw-content URL",
                         "Opens a file of a private repository.",
                         "GH"
                         "SAT0AAAAAAXKGZX7RPDHZ6CAKHTDJNWX3HW3WY"},
                .prefixes = {"GHSAT0AAAAAA"},
                .parts = {run(chars::upper_digit, 20, 28)}},
    TokenFormat{
        .rule = {"provider.gitlab_token", "GitLab token",
                 "A personal, deploy, runner, job, trigger, feed, agent or application token of "
                 "GitLab.",
                 "gl"
                 "pat-LQQfBBJBSiPuKs6bnkQJlzEkzivWSQrGvK4g46Qy"},
        .prefixes = {"glpat-", "gldt-", "glrt-", "glrtr-", "glcbt-", "glptt-", "glft-", "glsoat-",
                     "glagent-", "glimt-", "gloas-", "glffct-", "glwt-", "GR1348941"},
        .parts = {run(chars::dotted, 20, 320)},
        .body = Body::with_digit},
    TokenFormat{.rule = {"provider.bitbucket_app_password", "Bitbucket app password", opens_account,
                         "AT"
                         "BBlsgtvlkhnu7ilwkqmPCMcObCN0O9BG1o72mtXrkL"},
                .prefixes = {"ATBB"},
                .parts = {run(chars::alnum, 28, 40)},
                .body = Body::with_digit},
    TokenFormat{
        .rule =
            {"provider.bitbucket_token", "Bitbucket access token",
             "Acts in a repository, project or workspace.",
             "AT"
             "CTT3CrS4b1yjkDA48uTWPV7DoWoz8KHsMOidEPrpTbFCs1jBZ6l2J9P2m8h6i96hc1jUKkid5X7YxVDw"},
        .prefixes = {"ATCTT3"},
        .parts = {run(chars::base64url, 60, 400), run(chars::padding, 0, 2),
                  run(chars::alnum, 0, 16)}},
    TokenFormat{
        .rule =
            {"provider.atlassian_token", "Atlassian API token", opens_account,
             "AT"
             "ATT34qH2MN7tgsAnk42dHbdjy8hxyax1u6kuRVrjO9KieVlCZCbmFo1mINcSPlGxHanUi2kWJbyUaeuh"},
        .prefixes = {"ATATT3"},
        .parts = {run(chars::base64url, 60, 400), run(chars::padding, 0, 2),
                  run(chars::alnum, 0, 16)}},
    TokenFormat{
        .rule = {"provider.npm_token", "npm access token", "Publishes packages as its owner.",
                 "np"
                 "m_tDuANUMJm3TlFLf9vOjKEAEtoHkYyuhuhfbrBUed"},
        .prefixes = {"npm_"},
        .parts = {run(chars::alnum, 30, 64)}},
    TokenFormat{.rule = {"provider.pypi_token", "PyPI token", "Publishes packages as its owner.",
                         "py"
                         "pi-AgE3wmnHvFUPE8Jwgu9ckJEXMnN84rwxt11gqJlbezc9SOSONmIRK"},
                .prefixes = {"pypi-AgE"},
                .parts = {run(chars::base64url, 50, 1000)}},
    TokenFormat{
        .rule = {"provider.rubygems_key", "RubyGems API key", "Publishes packages as its owner.",
                 "ru"
                 "bygems_a6fa4b69fc8b7207e9a3357f2695dc11ebfcdbb5af958a03"},
        .prefixes = {"rubygems_"},
        .parts = {run(chars::hex, 48)}},
    TokenFormat{
        .rule = {"provider.crates_token", "crates.io token", "Publishes packages as its owner.",
                 "ci"
                 "o7SSIx2RXUuJehNH9N1gobxhobNYOLIVs"},
        .prefixes = {"cio"},
        .parts = {run(chars::alnum, 32)},
        .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.nuget_key", "NuGet API key", "Publishes packages as its owner.",
                         "oy"
                         "21pmhc0yizr0mau2td0v9jyp2ko1lmgrnniuykilmmcj"},
                .prefixes = {"oy2"},
                .parts = {run(chars::lower_digit, 43)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.clojars_token", "Clojars deploy token",
                         "Publishes packages as its owner.",
                         "CL"
                         "OJARS_c0kwmxf79cyt6cf29rsovor9h1moe5rpdn035zpz6wlo79zushz65mqc8t49"},
                .prefixes = {"CLOJARS_"},
                .parts = {run(chars::lower_digit, 60)}},
    TokenFormat{
        .rule = {"provider.packagist_token", "Packagist token", opens_account,
                 "pa"
                 "ckagist_uut_9e171e9b07f4b1284ed1146527a7ce0061d855914ab221acc232bc611166"},
        .prefixes = {"packagist_uut_", "packagist_ort_", "packagist_ors_", "packagist_out_",
                     "packagist_ous_"},
        .parts = {run(chars::hex, 60, 100)}},
    TokenFormat{.rule = {"provider.docker_token", "Docker Hub access token", opens_account,
                         "dc"
                         "kr_pat_xbachBVGhR4EOao2FAvOMIfjW6qIbUlnY0DWka7T"},
                .prefixes = {"dckr_pat_", "dckr_oat_"},
                .parts = {run(chars::base64url, 24, 48)}},
    TokenFormat{.rule = {"provider.artifactory_key", "JFrog Artifactory API key", opens_account,
                         "AK"
                         "Cp8XR9cDTLGe3gHdlgQIvMyrL4cKWSkq4UAyjNJrK1jvIdkMfNtWMKAnMarW7P"},
                .prefixes = {"AKCp"},
                .parts = {run(chars::alnum, 60, 90)}},
    TokenFormat{.rule = {"provider.artifactory_reference_token", "JFrog reference token",
                         "An encoded reference to an access token of JFrog.",
                         "cm"
                         "VmdGtuOFtBxI8bzJvOdtyuZlyPt47tUmSMeDSAei2XoXOdXj1xEClt2TV"},
                .prefixes = {"cmVmdGtuO"},
                .parts = {run(chars::alnum, 50, 80)}},
    TokenFormat{.rule = {"provider.terraform_token", "Terraform Cloud token", opens_account,
                         "JR"
                         "UdOnApLmOulE.atlasv1.nWgVoqFAWTsZTFKyccK1xFkmwGmJcPtk2bn2nxjM1RCH9A5ivz"},
                .prefixes = {".atlasv1."},
                .parts = {run(chars::base64url, 50, 80)},
                .before = run(chars::alnum, 14)},
    TokenFormat{
        .rule = {"provider.vault_token", "HashiCorp Vault token",
                 "A service, batch or recovery token; it opens the secrets that it was issued for.",
                 "hv"
                 "s.l7JfMxDLfXX3Zu3fDWrPtsk2lp2rnjMQaQBcadsE"},
        .prefixes = {"hvs.", "hvb.", "hvr."},
        .parts = {run(chars::base64url, 24, 400)},
        .body = Body::with_digit},
    TokenFormat{
        .rule = {"provider.doppler_token", "Doppler token", "Opens the secrets of a project.",
                 "dp"
                 ".pt.ZgAS4g9aQL1werdNThFQ1x5XDqmWGM2fNP8m6Xup"},
        .prefixes = {"dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit.", "dp.said."},
        .parts = {run(chars::dotted, 40, 80)}},
    TokenFormat{.rule = {"provider.onepassword_service_token", "1Password service account token",
                         "Opens the vaults of a service account.",
                         "op"
                         "s_eyJS3aZloyNFfMfJkdsxFPkJZmjKcdQARqjgaB/7JOQm1f2f/"
                         "Skh4c+DskjUoshTOgoA80VNks3E1vVPVr+Yplpb+oaIhcbfjC6IxBT"},
                .prefixes = {"ops_eyJ"},
                .parts = {run(chars::base64, 100, 2000), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.onepassword_secret_key", "1Password secret key",
                         "With the account's password it opens every vault.",
                         "A3"
                         "-7QK2XD-M8RT4ZBW9HJ-P3VNC-6LYG5-T2KFS"},
                .prefixes = {"A3-"},
                .parts = {run(chars::upper_digit, 6), "-", run(chars::upper_groups, 24, 36)}},
    TokenFormat{.rule = {"provider.age_secret_key", "age secret key",
                         "Decrypts every file that was encrypted for it.",
                         "AG"
                         "E-SECRET-KEY-126Z0HGD3HYRGFPVAZQBXFF2KX8290LJY9H5YSXHWTVNM805G5N"},
                .prefixes = {"AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"},
                .parts = {run(chars::upper_digit, 50, 90)}},
    TokenFormat{.rule = {"provider.pulumi_token", "Pulumi access token", opens_account,
                         "pu"
                         "l-ef9c70c475b10707c7b59fde8abbd72f2f8f5f9e"},
                .prefixes = {"pul-"},
                .parts = {run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.circleci_token", "CircleCI token", opens_account,
                         "CC"
                         "IPAT_5U5V1e2UChS3c2FCI8Y66VSH_32e8dfb2e1916559706317f8a8ec9d35b0164921"},
                .prefixes = {"CCIPAT_", "CCIPRJ_"},
                .parts = {run(chars::alnum, 20, 24), "_", run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.buildkite_token", "Buildkite token", opens_account,
                         "bk"
                         "ua_C2P2FqtXQkjp1vNagkFAD2Q4UwMsk685toZGwrJc"},
                .prefixes = {"bkua_", "bkat_", "bkaj_", "bkct_"},
                .parts = {run(chars::alnum, 36, 64)}},
    TokenFormat{.rule = {"provider.sonar_token", "SonarQube token", opens_account,
                         "sq"
                         "u_1eed5a0724eaeb6dfd43fbc90bbc0484f21e006c"},
                .prefixes = {"squ_", "sqp_", "sqa_"},
                .parts = {run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.sentry_token", "Sentry token",
                         "Acts as a user or integration in an organization of Sentry.",
                         "sn"
                         "trys_LEV4xCXt0uYFqR+aEs+m49VOPOCRrXTmIj0mdH3Bo+"
                         "cbrFs0mJO3ltQWVFBjLx4uKxmMuIv5JcSxBVh0zPgt36WCV4ofH95t0Srw"},
                .prefixes = {"sntrys_", "sntryu_", "sntryi_"},
                .parts = {run(chars::base64, 60, 500), run(chars::padding, 0, 2),
                          run(chars::base64_any, 0, 100)}},
    TokenFormat{.rule = {"provider.snyk_token", "Snyk token", opens_account,
                         "sn"
                         "yk_uat.SNkreByHhhelKq8R9g0iKm5YJmQu0K4Y2h1w7ZDm"},
                .prefixes = {"snyk_uat.", "snyk_sat."},
                .parts = {run(chars::dotted, 30, 300)}},
    TokenFormat{
        .rule = {"provider.sourcegraph_token", "Sourcegraph or Segment token", opens_account,
                 "sg"
                 "p_ke95wdUJm2m5CEYrD800LEhIfYWXIw3FmL8Kcf1x"},
        .prefixes = {"sgp_", "sgd_", "slk_"},
        .parts = {run(chars::word, 40, 70)},
        .body = Body::with_digit},
    TokenFormat{.rule = {"provider.postman_key", "Postman API key", opens_account,
                         "PM"
                         "AK-ddb94996e0966a9e238f9ed2-8a8ce0f8272fe4e982b7f5224eeea84074"},
                .prefixes = {"PMAK-"},
                .parts = {run(chars::hex, 24), "-", run(chars::hex, 34)}},
    TokenFormat{.rule = {"provider.prefect_key", "Prefect API key", opens_account,
                         "pn"
                         "u_rkUSCozC4dgLQrjQlCO1qPHxNPRyBXkMArNw"},
                .prefixes = {"pnu_", "pnb_"},
                .parts = {run(chars::alnum, 36)}},
    TokenFormat{.rule = {"provider.octopus_key", "Octopus Deploy API key", opens_account,
                         "AP"
                         "I-LHCM616PD3F5SPWUDKFCUJ4E2JKIFKC3OT"},
                .prefixes = {"API-"},
                .parts = {run(chars::upper_digit, 25, 34)},
                .body = Body::with_digit},
    TokenFormat{
        .rule = {"provider.harness_token", "Harness token", opens_account,
                 "pa"
                 "t.tFetizD9MlMVXwpUiEryZ2.64de200c43ce9654ca4f3355.mloBS8shtvR06YDmUeWJ"},
        .prefixes = {"pat.", "sat."},
        .parts = {run(chars::base64url, 22), ".", run(chars::hex, 24), ".", run(chars::alnum, 20)}},
    TokenFormat{.rule = {"provider.launchdarkly_key", "LaunchDarkly key",
                         "Reads or changes the flags of an environment.",
                         "sd"
                         "k-dcf10e16-tv0a49T5OvAl59o8SEV296Gvmkl"},
                .prefixes = {"sdk-", "api-", "mob-"},
                .parts = {run(chars::hex_any, 8), "-", run(chars::dashed, 27)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.readme_key", "ReadMe API key", opens_account,
                         "rd"
                         "me_a948mzl9844brly7j0g9g686zvuedwlrnu3rgtdseeliasdao36ekcjh2s4g"},
                .prefixes = {"rdme_"},
                .parts = {run(chars::lower_digit, 60, 80)}},
    TokenFormat{.rule = {"provider.jumpcloud_key", "JumpCloud API key", opens_account,
                         "jc"
                         "a_OnDYz2uYuDv7JXL8OL99ZhSZmMgsqdVNN6S9"},
                .prefixes = {"jca_"},
                .parts = {run(chars::alnum, 36)}},
    TokenFormat{.rule = {"provider.cursor_key", "Cursor API key", opens_account,
                         "cr"
                         "sr_a164210411d660b4c5a29ebf91986785058280a551ef15b62805746761a3a51a"},
                .prefixes = {"crsr_", "key_"},
                .parts = {run(chars::hex, 64)}},
    TokenFormat{.rule = {"provider.linear_key", "Linear API key", opens_account,
                         "li"
                         "n_api_y2UpI08e4uMFtP0QjvvKzs68oHIn1Tp6YHG0AaPH"},
                .prefixes = {"lin_api_", "lin_oauth_", "lin_wh_"},
                .parts = {run(chars::alnum, 32, 72)}},
    TokenFormat{.rule = {"provider.maxmind_key", "MaxMind license key",
                         "Downloads databases at its account's expense.",
                         "qc"
                         "ujDPc5PmXpzlg0jffB9GYuvrhfyCwbvDdF_mmk"},
                .prefixes = {"_mmk"},
                .parts = {},
                .before = run(chars::word, 36)}};

}  // namespace

TokenTable code_formats() {
  return table_of<formats>();
}

}  // namespace studiosync
