// Keys and tokens of models and tools of artificial intelligence, as their providers document them.
#include "core/sanitizer/text/provider_tables.hpp"

namespace studiosync {
namespace {

constexpr std::array formats{
    TokenFormat{.rule = {"provider.openai_key", "OpenAI key",
                         "A project, service account or administration key of OpenAI.",
                         "sk"
                         "-proj-aHLbg9Loy2esRqjdjDDUQpATuxVy9ZJwsmY9PzU5"},
                .prefixes = {"sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-", "sk-service-"},
                .parts = {run(chars::base64url, 32, 260)},
                .body = Body::with_digit},
    TokenFormat{
        .rule = {"provider.openai_style_key", "OpenAI key of the first form",
                 "Also the form of keys of DeepSeek, Moonshot, Alibaba's models and many gateways.",
                 "sk"
                 "-RCaFcDBqnvDG3nsL0UDyovFp07qln3s5dCD9xyQO"},
        .prefixes = {"sk-"},
        .parts = {run(chars::alnum, 32, 64)},
        .body = Body::with_digit},
    TokenFormat{.rule = {"provider.openai_session", "OpenAI session key", opens_account,
                         "se"
                         "ss-vauhUElgAqNJrlS8t3GSlMmOEUkX8mVE6m5LYrok"},
                .prefixes = {"sess-"},
                .parts = {run(chars::alnum, 40)}},
    TokenFormat{.rule = {"provider.anthropic_key", "Anthropic key",
                         "An API, administration or OAuth key of Anthropic.",
                         "sk"
                         "-ant-BsakwHEIdpDbrp2UcZgSs1GNLbc3JoDfnt0pDadN"},
                .prefixes = {"sk-ant-"},
                .parts = {run(chars::base64url, 40, 260)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.openrouter_key", "OpenRouter key", opens_account,
                         "sk"
                         "-or-jh0gtE8M5gDwBDZaklQMuWwhuhxcc0rEDJYZcgu5"},
                .prefixes = {"sk-or-"},
                .parts = {run(chars::base64url, 40, 100)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.langfuse_key", "Langfuse secret key", opens_account,
                         "sk"
                         "-lf-b58914a1-DErobZCigHydHwVIPLf3L0ZshCf"},
                .prefixes = {"sk-lf-"},
                .parts = {run(chars::hex_any, 8), "-", run(chars::dashed, 27)}},
    TokenFormat{.rule = {"provider.ai_gateway_key", "Helicone, Kimi or MiniMax key", opens_account,
                         "sk"
                         "-helicone-Yoea1Xd2SBcv7IcFb2icljZUnR7T1k46dVDunR9G"},
                .prefixes = {"sk-helicone-", "sk-kimi-", "sk-cp-", "sk-api-", "sk-ws-"},
                .parts = {run(chars::base64url, 24, 260)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.huggingface_token", "Hugging Face token", opens_account,
                         "hf"
                         "_9x4gvSSC82eaba6RCHJIrvv04mkiVy7TELX6neMQ"},
                .prefixes = {"hf_", "api_org_"},
                .parts = {run(chars::alnum, 30, 48)}},
    TokenFormat{.rule = {"provider.replicate_token", "Replicate API token", opens_account,
                         "r8"
                         "_vVuE4Ssk2A00GosdVPPTc2vAtRL4CUKD8CVYmWQu"},
                .prefixes = {"r8_"},
                .parts = {run(chars::alnum, 30, 44)}},
    TokenFormat{.rule = {"provider.groq_key", "Groq API key", opens_account,
                         "gs"
                         "k_pguNG0vpaH5abmlB0I59XdJcJYuQLSZik8xrk0PM"},
                .prefixes = {"gsk_"},
                .parts = {run(chars::alnum, 40, 64)}},
    TokenFormat{.rule = {"provider.xai_key", "xAI API key", opens_account,
                         "xa"
                         "i-QwdhQcvDLTF2Ievs3EFIQScixqtJawLW8uJ5AjShC2MibORWI2LJJD4xjLdF"},
                .prefixes = {"xai-"},
                .parts = {run(chars::alnum, 60, 100)}},
    TokenFormat{.rule = {"provider.perplexity_key", "Perplexity API key", opens_account,
                         "pp"
                         "lx-BJuhblhq8z9hX87aXVuG67ul6vkCrBOA703kWHNw"},
                .prefixes = {"pplx-"},
                .parts = {run(chars::alnum, 32, 64)}},
    TokenFormat{.rule = {"provider.fireworks_key", "Fireworks API key", opens_account,
                         "fw"
                         "_leUZq3n8qBbM5IBFDwQBnUG2XY"},
                .prefixes = {"fw_"},
                .parts = {run(chars::alnum, 22, 26)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.together_key", "Together AI key", opens_account,
                         "tg"
                         "p_v1_Ss3OqOzI8Z76uRXzEXGdRywGIEcwUA8nN1444WtN"},
                .prefixes = {"tgp_v1_"},
                .parts = {run(chars::base64url, 40, 48)}},
    TokenFormat{.rule = {"provider.nvidia_key", "NVIDIA API key", opens_account,
                         "nv"
                         "api-FdUx18KaZ4tgQ4ozLyIDx7gUEa9TePv7UWIQLnUZc1RyVBBRhCes7PAE"},
                .prefixes = {"nvapi-"},
                .parts = {run(chars::base64url, 56, 80)}},
    TokenFormat{.rule = {"provider.langsmith_key", "LangSmith API key", opens_account,
                         "ls"
                         "v2_pt_ead8c8bcb07ad1d0216c0a74632e3153_18989f2dd0"},
                .prefixes = {"lsv2_pt_", "lsv2_sk_"},
                .parts = {run(chars::hex, 32), "_", run(chars::hex, 10)}},
    TokenFormat{.rule = {"provider.langchain_hub_key", "LangChain API key", opens_account,
                         "ls"
                         "__99158f366556d166559689162bdcaad1"},
                .prefixes = {"ls__"},
                .parts = {run(chars::hex, 32)}},
    TokenFormat{.rule = {"provider.pinecone_key", "Pinecone API key", opens_account,
                         "pc"
                         "sk_lJq5Ybyk_pyqrkQY4F7UctyQ0vT9NIeqekX66fi8ezTl3LRHiWUwBRCWyNp"},
                .prefixes = {"pcsk_"},
                .parts = {run(chars::base64url, 50, 110)}},
    TokenFormat{.rule = {"provider.elevenlabs_key", "ElevenLabs API key", opens_account,
                         "sk"
                         "_3aecb364434b71d59d967c373ebe2c80e18b3169cde54284"},
                .prefixes = {"sk_"},
                .parts = {run(chars::hex, 48)}},
    TokenFormat{.rule = {"provider.cerebras_key", "Cerebras API key", opens_account,
                         "cs"
                         "k-vi9b3ri1b35zfuetfryl1lrwg1k8zbhzpqs9b520bujf"},
                .prefixes = {"csk-"},
                .parts = {run(chars::lower_digit, 44, 52)}},
    TokenFormat{.rule = {"provider.voyage_key", "Voyage AI key", opens_account,
                         "pa"
                         "-hKY677wnADevzooPpjditIX4nJFSC89TEESl6UlAuP9"},
                .prefixes = {"pa-"},
                .parts = {run(chars::base64url, 43)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.jina_key", "Jina AI key", opens_account,
                         "ji"
                         "na_rpDU8RhwOfMICGGtuNGIi8q472ffx5DCcjBlDK0RWhojVEFP4K"},
                .prefixes = {"jina_"},
                .parts = {run(chars::base64url, 50, 64)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.tavily_key", "Tavily API key", opens_account,
                         "tv"
                         "ly-3X84RGYBucVJCEsycDtLjEYP82Hzqub704JKJSSJ"},
                .prefixes = {"tvly-"},
                .parts = {run(chars::base64url, 30, 64)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.firecrawl_key", "Firecrawl API key", opens_account,
                         "fc"
                         "-7791468a3925323aca61b25ffe9d4b4c"},
                .prefixes = {"fc-"},
                .parts = {run(chars::hex, 32)}},
    TokenFormat{.rule = {"provider.e2b_key", "E2B API key", opens_account,
                         "e2"
                         "b_6b815d19b1e5f81a194f5d3e465d7558f2ff1f5c"},
                .prefixes = {"e2b_"},
                .parts = {run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.wandb_key", "Weights & Biases API key", opens_account,
                         "wa"
                         "ndb_v1_43NeBduMYP380ZeSybOXMKgcE1CFTfY9cn9eJoNP"},
                .prefixes = {"wandb_v1_"},
                .parts = {run(chars::word, 40, 100)}},
    TokenFormat{.rule = {"provider.mem0_key", "Mem0 API key", opens_account,
                         "m0"
                         "-5cWGZJxWFULFKhP3MOIytBVxjbrFbpIB38ysVjsl"},
                .prefixes = {"m0-"},
                .parts = {run(chars::alnum, 40)}},
    TokenFormat{.rule = {"provider.braintrust_key", "Braintrust key", opens_account,
                         "bt"
                         "-st-TZMt3XHXYjHW3trHolqEoBtDZzLVQVjneD89fIz4"},
                .prefixes = {"bt-st-"},
                .parts = {run(chars::alnum, 40, 64)}}};

}  // namespace

TokenTable ai_formats() {
  return table_of<formats>();
}

}  // namespace studiosync
