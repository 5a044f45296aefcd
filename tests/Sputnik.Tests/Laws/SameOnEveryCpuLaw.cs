using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Laws;

/// <summary>
/// What a seeded model computes has one hash, whatever the CPU can do. <c>.ci/run</c> runs this as the CPU is, with
/// DOTNET_EnableAVX512=0 and with DOTNET_EnableAVX2=0.
/// </summary>
public sealed class SameOnEveryCpuLaw
{
    [Theory]
    [InlineData("Qwen3", "3113f63968025bf9")]
    [InlineData("Mistral, windowed", "f6e1722a10c0699d")]
    [InlineData("DeepSeek-V3, expanded", "dc5afe348ccef4f2")]
    [InlineData("DeepSeek-V3, absorbed", "1687203a6dc425d4")]
    public void A_seeded_model_has_one_hash(string name, string expected)
    {
        using ILanguageModel model = TinyModels.Create(name);
        using Passes passes = new(model, threads: 2);

        string hash = SameBits.Hash(passes.Prefill(Passes.Text(model, 0)));

        Assert.Equal(expected, hash);
    }

    [Theory]
    [InlineData("Qwen3", KvType.BF16, "b23681d7569f9e2f")]
    [InlineData("Qwen3", KvType.Q8_0, "67070ab881b9ba95")]
    [InlineData("DeepSeek-V3, absorbed", KvType.BF16, "4a66af7b731e1948")]
    [InlineData("DeepSeek-V3, absorbed", KvType.Q8_0, "6ee81bbdcf1868be")]
    public void Over_a_rounded_cache_it_has_another(string name, KvType type, string expected)
    {
        using ILanguageModel model = TinyModels.Create(name);
        using Passes passes = new(model, threads: 2, type: type);

        string hash = SameBits.Hash(passes.Prefill(Passes.Text(model, 0)));

        Assert.Equal(expected, hash);
    }

    [Theory]
    [InlineData("Qwen3", "917afce9016e9457")]
    [InlineData("Mistral, windowed", "587de3352256850a")]
    [InlineData("DeepSeek-V3, expanded", "d8437461f98665b6")]
    [InlineData("DeepSeek-V3, absorbed", "f05a5085aef7852a")]
    public void Its_gradient_has_one_hash(string name, string expected)
    {
        string hash = SameBits.Hash(GradientLaw.Gather(name, [[0, 1]], threads: 2));

        Assert.Equal(expected, hash);
    }

    [Fact]
    public void A_switched_off_instruction_set_is_off()
    {
        // A misspelt switch is ignored without a word, and the law would then hold nothing.
        bool withoutAvx512 = Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0";
        bool withoutAvx2 = Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") == "0";

        Assert.False((withoutAvx512 || withoutAvx2) && Vector512.IsHardwareAccelerated);
        Assert.False((withoutAvx512 || withoutAvx2) && Avx512F.IsSupported);
        Assert.False(withoutAvx2 && Avx2.IsSupported);
        Assert.False(withoutAvx2 && Fma.IsSupported);
    }
}
