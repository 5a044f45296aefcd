using System.Text;
using Sputnik.Fuzz;
using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Tests.Models;

/// <summary>
/// GGUF files made wrong by hand, one fault each: what other readers overflowed, hung or ran on. Every refusal names the file
/// and the offset, key or tensor.
/// </summary>
public sealed class BadGgufTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Seeds => [.. GgufSeeds.All.Keys];

    public static TheoryData<string, string> Faults => new()
    {
        { "magic", "offset 0: this is no GGUF file" },
        { "tensor count 2^63", "offset 8: the number of tensors is 9223372036854775808" },
        { "tensor count beyond the file", "offset 32: the file ends" },
        { "one tensor too many", "offset" },
        { "key count 2^64-1", "offset 16: the number of metadata keys is 18446744073709551615" },
        { "name of 2^64-1 bytes", "offset 24: a metadata key is 18446744073709551615 bytes long" },
        { "name of 2^63 bytes", "offset 24: a metadata key is 9223372036854775808 bytes long" },
        { "text of 2^64-1 bytes", "'general.architecture' is 18446744073709551615 bytes long" },
        { "text beyond the file", "the file ends, 4194304 more bytes were announced" },
        { "name that is not UTF-8", "offset 24: a metadata key is not UTF-8" },
        { "key twice", "the key 'general.name' is there twice" },
        { "value type 13", "'general.name' has the value type 13, the last is 12" },
        { "array of arrays", "'general.name' is an array of arrays" },
        { "array of 2^62", "the length of 'tokenizer.ggml.token_type' is 4611686018427387904" },
        { "array item type 13", "'tokenizer.ggml.token_type' has the value type 13" },
        { "array of strings beyond the file", "'tokenizer.ggml.tokens' claims 16777216 strings, which the rest of the file cannot hold" },
        { "array of numbers beyond the file", "the file ends, 67108864 more bytes were announced" },
        { "alignment 0", "'general.alignment' must be a power of two up to 1048576, it is 0" },
        { "alignment 24", "'general.alignment' must be a power of two up to 1048576, it is 24" },
        { "alignment 2^30", "'general.alignment' must be a power of two up to 1048576, it is 1073741824" },
        { "alignment as text", "'general.alignment' must be an integer of 32 bits, it is x" },
        { "tensor twice", "the tensor 'output_norm.weight' is there twice" },
        { "tensor without a name", "a tensor needs a name of 1 to 1024 characters and 1 to 4 dimensions, this has 0 and 1" },
        { "tensor without dimensions", "this has 18 and 0" },
        { "tensor of five dimensions", "this has 18 and 5" },
        { "dimension 0", "'output_norm.weight' has a dimension of 0" },
        { "dimension 2^63", "'output_norm.weight' has a dimension of 9223372036854775808" },
        { "dimensions that overflow", "'output_norm.weight' is 8507059" },
        { "row that is no whole blocks", "'token_embd.weight' has rows of 33, Q8_0 stores 32 together" },
        { "offset beyond the file", "'output_norm.weight' is 128 bytes at 1099511627776 of the data" },
        { "offset 2^64-32", "'output_norm.weight' is 128 bytes at 18446744073709551584 of the data" },
        { "offset that is not aligned", "'output_norm.weight' is 128 bytes at 1 of the data" },
        { "cut tail", "of the data, which begins at" },
        { "no architecture", "the metadata has no 'general.architecture'" },
        { "architecture as a number", "'general.architecture' must be text, it is 7" },
        { "block_count above the layers present", "the model needs 'blk.2.attn_norm.weight'" },
        { "block_count 513", "'num_hidden_layers' must be from 1 to 512, got 513" },
        { "block_count 2^32-1", "'llama.block_count' must be an integer of 32 bits" },
        { "block_count as text", "'llama.block_count' must be an integer of 32 bits, it is x" },
        { "head_count 0", "'num_attention_heads' must be from 1 to 1024, got 0" },
        { "head_count_kv 0", "'num_key_value_heads' must be from 1 to 4, got 0" },
        { "head_count_kv 3", "'num_attention_heads' must be a multiple of 'num_key_value_heads' (3), got 4" },
        { "key_length 7", "'head_dim' must be even" },
        { "context_length 0", "'max_position_embeddings' must be from 1" },
        { "epsilon NaN", "'rms_norm_eps' must be a positive number, got NaN" },
        { "freq_base 0", "'rope_theta' must be a positive number, got 0" },
        { "factors of a wrong length", "'rope_freqs' has 5" },
        { "norm of a wrong length", "'output_norm.weight' [64] must have rows of 32" },
        { "embedding of one dimension", "there is no embedding 'token_embd.weight' of two dimensions" },
        { "fewer rows than tokens", "the vocabulary has 271 tokens, the embedding rows for 256" },
        { "byte token <0x-1>", "byte token 3 is '<0x-1>', not of the form <0xNN>" },
        { "token type 7", "token 3 has type 7; there are 1 to 6" },
        { "too few token types", "there are 270 token types for 271 tokens" },
        { "token types as text", "'tokenizer.ggml.token_type'" },
        { "scores as text", "'tokenizer.ggml.scores'" },
        { "too few scores", "there are 270 scores for 271 tokens" },
        { "no tokens", "'tokenizer.ggml.tokens'" },
        { "tokens as numbers", "'tokenizer.ggml.tokens'" },
        { "bos beyond the tokens", "the bos token is 271, which is not below the 271 tokens" },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_sound_file_is_run(string name)
    {
        string path = Write(GgufSeeds.All[name]);

        using Workers workers = new(2);
        using LoadedModel loaded = LoadedModel.Open(path, options: null, workers);
        ModelUse.Forward(loaded.Model);

        Assert.Equal("ab", loaded.Tokenizer.Decode(loaded.Tokenizer.Encode("ab")).Trim());
        Assert.NotEmpty(loaded.Template.Prompt([new(ChatRole.User, "ab")]));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_refused_by_file_and_place(string fault, string expected)
    {
        GgufDraft draft = GgufSeeds.All["llama"].Copy();
        byte[] file = GgufFaults.Make(fault, draft);
        string path = Path.Combine(_folder, "model.gguf");
        File.WriteAllBytes(path, file);

        using Workers workers = new(2);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => LoadedModel.Open(path).Dispose());
        InvalidDataException beside = Assert.Throws<InvalidDataException>(() => LoadedModel.Open(path, options: null, workers).Dispose());

        Assert.Equal(error.Message, beside.Message);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1u, "offset 4: version 1 is not supported, 2 and 3 are")]
    [InlineData(4u, "offset 4: version 4 is not supported, 2 and 3 are")]
    [InlineData(0x03000000u, "offset 4: the file is big-endian")]
    public void Another_version_is_refused_by_number(uint version, string expected)
    {
        GgufDraft draft = GgufSeeds.All["llama"].Copy();
        draft.Version = version;
        string path = Write(draft);

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => LoadedModel.Open(path).Dispose());

        Assert.Contains($"{path}, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen3moe", "qwen3moe.expert_used_count", 5u, "'num_experts_per_tok' must be from 1 to 4, got 5")]
    [InlineData("qwen3moe", "qwen3moe.expert_used_count", 0u, "'num_experts_per_tok' must be from 1 to 4, got 0")]
    [InlineData("qwen3moe", "qwen3moe.expert_count", 5u, "'blk.0.ffn_gate_inp.weight' [32, 4] must have rows of 32 and 160 values")]
    [InlineData("deepseek2", "deepseek2.expert_used_count", 3u, "'num_experts_per_tok' must be from 1 to 2, got 3")]
    [InlineData("deepseek2", "deepseek2.expert_group_count", 3u, "'n_routed_experts' must be a multiple of 'n_group' (3), got 4")]
    [InlineData("deepseek2", "deepseek2.expert_group_used_count", 3u, "'topk_group' must be from 1 to 2, got 3")]
    [InlineData("deepseek2", "deepseek2.rope.dimension_count", 7u, "'qk_rope_head_dim' must be even")]
    [InlineData("deepseek2", "deepseek2.rope.dimension_count", 16u, "'qk_nope_head_dim' must be from 1")]
    [InlineData("deepseek2", "deepseek2.leading_dense_block_count", 3u, "'first_k_dense_replace' must be from 0 to 2, got 3")]
    [InlineData("deepseek2", "deepseek2.attention.kv_lora_rank", 0u, "'kv_lora_rank' must be from 1")]
    [InlineData("qwen2 with yarn", "qwen2.rope.scaling.original_context_length", 0u, "'rope_scaling.original_max_position_embeddings' must be from 1")]
    public void A_count_that_cannot_be_is_refused_by_key(string seed, string key, uint value, string expected)
    {
        GgufDraft draft = GgufSeeds.All[seed].Copy();
        Key(draft, key).Items[0] = BitConverter.GetBytes(value);
        string path = Write(draft);

        using Workers workers = new(2);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => LoadedModel.Open(path).Dispose());
        InvalidDataException beside = Assert.Throws<InvalidDataException>(() => LoadedModel.Open(path, options: null, workers).Dispose());

        Assert.Equal(error.Message, beside.Message);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Scales_that_are_no_numbers_are_run_to_the_end(string name)
    {
        GgufDraft draft = GgufSeeds.All[name].Copy();
        foreach (GgufPart part in draft.Parts.Where(part => part.Dimensions.Length > 1))
        {
            part.Data = [.. Enumerable.Range(0, part.Data.Length).Select(i => i % 2 == 0 ? (byte)0 : (byte)0x7E)];
        }

        using LoadedModel loaded = LoadedModel.Open(Write(draft));

        Assert.Null(Record.Exception(() => ModelUse.Forward(loaded.Model)));
    }

    [Fact]
    public void A_selection_bias_that_is_no_number_is_refused_by_layer()
    {
        GgufDraft draft = GgufSeeds.All["deepseek2"].Copy();
        draft.Part("blk.1.exp_probs_b.bias").Data = [.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), 4).SelectMany(b => b)];

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => LoadedModel.Open(Write(draft)).Dispose());

        Assert.Contains("the selection bias of layer 1 has the value NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_template_names_its_line()
    {
        GgufDraft draft = GgufSeeds.All["llama"].Copy();
        Key(draft, "tokenizer.chat_template").Items[0] = Encoding.UTF8.GetBytes("a\n{% for %}");

        TemplateException error = Assert.Throws<TemplateException>(() => LoadedModel.Open(Write(draft)).Dispose());

        Assert.Equal(2, error.Line);
    }

    private static GgufKey Key(GgufDraft draft, string name) =>
        draft.Key(name) ?? throw new ArgumentException($"The seed has no '{name}'.", nameof(name));

    private string Write(GgufDraft draft)
    {
        string path = Path.Combine(_folder, "model.gguf");
        File.WriteAllBytes(path, draft.Write().File);
        return path;
    }
}
