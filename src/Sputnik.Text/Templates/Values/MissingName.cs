namespace Sputnik.Text.Templates;

/// <summary>Why a value is undefined, for the error of whoever needs one.</summary>
internal sealed class MissingName(string reason) : IPayload
{
    public string Reason => reason;
}
