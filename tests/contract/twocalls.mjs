// A model of one rule: the token that follows depends on the last one alone. It thinks "12" and then asks for two functions.

import {cpSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";

const size = 64, head = 16, feedForward = 16;

// Each call in two tokens, so that a stream has its arguments in parts.
const said = [
    '<tool_call>\n{"name": "forecast", "arguments": {"city": "Par', 'is", "days": 3}}\n</tool_call>',
    '\n<tool_call>\n{"name": "clock", "arguments": {"zone": "C', 'ET"}}\n</tool_call>',
];

/** Writes it into a folder, with the vocabulary of another model. */
export function writeTwoCalls(folder, vocabulary, template) {
    mkdirSync(folder);
    const file = JSON.parse(readFileSync(path.join(vocabulary, "tokenizer.json"), "utf8"));
    const first = Object.keys(file.model.vocab).length;
    said.forEach((content, index) => file.added_tokens.push(
        {id: first + index, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: false}));
    const special = (content) => file.added_tokens.find((token) => token.content === content).id;
    // As byte-level vocabularies spell the line end that the template leaves off at.
    const chain = [file.model.vocab["\u010A"], file.model.vocab["1"], file.model.vocab["2"], special("</think>"), ...said.map(special), special("<｜end▁of▁sentence｜>")];

    writeFileSync(path.join(folder, "tokenizer.json"), JSON.stringify(file));
    cpSync(path.join(vocabulary, "tokenizer_config.json"), path.join(folder, "tokenizer_config.json"));
    cpSync(template, path.join(folder, "chat_template.jinja"));
    const words = first + said.length;
    writeFileSync(path.join(folder, "config.json"), JSON.stringify({
        architectures: ["Qwen3ForCausalLM"], model_type: "qwen3", torch_dtype: "float32", vocab_size: words, hidden_size: size, intermediate_size: feedForward,
        num_hidden_layers: 1, num_attention_heads: 1, num_key_value_heads: 1, head_dim: head, max_position_embeddings: 2048, rope_theta: 10000, rms_norm_eps: 1e-6,
        tie_word_embeddings: false,
    }));
    writeFileSync(path.join(folder, "model.safetensors"), tensors(words, chain));
}

/** Nothing is added to the embedding on its way; the head of a token is the embedding of the one it follows. */
function tensors(words, chain) {
    const embedding = new Float32Array(words * size), output = new Float32Array(words * size);
    chain.forEach((token, place) => {
        embedding[token * size + place] = 1;
        if (place > 0) {
            output[token * size + place - 1] = 100;
        }
    });
    const zeros = (rows, columns) => [[rows, columns], new Float32Array(rows * columns)];
    const ones = (length) => [[length], new Float32Array(length).fill(1)];
    const layer = "model.layers.0.";
    return safetensors({
        "model.embed_tokens.weight": [[words, size], embedding], "model.norm.weight": ones(size), "lm_head.weight": [[words, size], output],
        [`${layer}input_layernorm.weight`]: ones(size), [`${layer}post_attention_layernorm.weight`]: ones(size),
        [`${layer}self_attn.q_proj.weight`]: zeros(head, size), [`${layer}self_attn.k_proj.weight`]: zeros(head, size), [`${layer}self_attn.v_proj.weight`]: zeros(head, size),
        [`${layer}self_attn.o_proj.weight`]: zeros(size, head), [`${layer}self_attn.q_norm.weight`]: ones(head), [`${layer}self_attn.k_norm.weight`]: ones(head),
        [`${layer}mlp.gate_proj.weight`]: zeros(feedForward, size), [`${layer}mlp.up_proj.weight`]: zeros(feedForward, size), [`${layer}mlp.down_proj.weight`]: zeros(size, feedForward),
    });
}

function safetensors(named) {
    const header = {};
    let end = 0;
    for (const [name, [shape, values]] of Object.entries(named)) {
        header[name] = {dtype: "F32", shape, data_offsets: [end, end += values.byteLength]};
    }

    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([length, text, ...Object.values(named).map(([, values]) => Buffer.from(values.buffer))]);
}
