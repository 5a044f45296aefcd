using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>Texts in, unit vectors out, the same in every dialect.</summary>
internal sealed class Embedder(AnswerDesk desk)
{
    /// <summary>Every text's tokens; all are looked at before the first is computed.</summary>
    /// <exception cref="ApiException">One is empty or too long, there are too many, or another width is wanted.</exception>
    public IReadOnlyList<int[]> Read(string param, JsonElement? input, int? dimensions)
    {
        if (dimensions is int width && width != desk.Model.Width)
        {
            throw ApiException.Unsupported("dimensions", $"Embeddings have the model's {desk.Model.Width} dimensions, got {width}; leave dimensions out.");
        }

        IReadOnlyList<int[]> texts = TokenFields.Texts(param, input, desk.Model, desk.Options.EmbeddingInputs, text => Encode(param, text));
        foreach (int[] text in texts)
        {
            Check(param, text);
        }

        return texts;
    }

    /// <summary>One text's tokens.</summary>
    public int[] Read(string param, string? text)
    {
        int[] tokens = Encode(param, text ?? "");
        Check(param, tokens);
        return tokens;
    }

    /// <summary>Computes them, in the order of the texts.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<float>>> Embed(IReadOnlyList<int[]> texts, HttpContext context)
    {
        await using TokenRun run = desk.Continue([.. texts.Select(text => new TokenRequest { Prompt = text, MaxNewTokens = 0, Embedding = true })], context);
        return await run.Embeddings().ConfigureAwait(false);
    }

    /// <summary>Adds a vector's numbers to an array.</summary>
    public static Json Write(Json json, IReadOnlyList<float> vector)
    {
        foreach (float value in vector)
        {
            json.Add(value);
        }

        return json;
    }

    // What looks like a special token in a text that is looked up is text.
    private int[] Encode(string param, string text) => text.Length > 0
        ? desk.Model.Responder.Loaded.Tokenizer.Encode(text, parseSpecial: false, addSpecial: true)
        : throw Empty(param);

    private void Check(string param, int[] tokens)
    {
        int most = desk.Model.ContextTokens;
        if (tokens.Length == 0)
        {
            throw Empty(param);
        }

        if (tokens.Length > most)
        {
            throw new ApiException(new(400, "context_length_exceeded", $"A text of {param} has {tokens.Length} tokens; the context holds {most}.")
            {
                Param = param,
                Overflow = (tokens.Length, most),
            });
        }
    }

    private static ApiException Empty(string param) => ApiException.Invalid(param, $"A text of {param} must have one token at least.");
}
