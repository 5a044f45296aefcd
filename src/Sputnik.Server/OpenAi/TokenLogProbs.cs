using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>Tokens with their log-probs. A token may be a part of a character, so its bytes stand beside its text.</summary>
internal static class TokenLogProbs
{
    public static void Write(Json json, IReadOnlyList<TokenEvent> tokens, ServedModel model)
    {
        foreach (TokenEvent token in tokens)
        {
            json.Object();
            One(json, token.Token, model);
            json.Array("top_logprobs");
            foreach (TokenLogProb top in token.Top)
            {
                json.Object();
                One(json, top, model);
                json.End();
            }

            json.End().End();
        }
    }

    private static void One(Json json, TokenLogProb token, ServedModel model)
    {
        ReadOnlySpan<byte> bytes = model.Responder.Loaded.Tokenizer.Bytes(token.Id);
        json.Set("token", Encoding.UTF8.GetString(bytes)).Set("logprob", Finite(token.LogProb)).Array("bytes");
        foreach (byte value in bytes)
        {
            json.Add(value);
        }

        json.End();
    }

    /// <summary>JSON has no infinity: −9999 is what OpenAI sends for what cannot be.</summary>
    public static double Finite(float logProb) => float.IsFinite(logProb) ? logProb : -9999;
}
