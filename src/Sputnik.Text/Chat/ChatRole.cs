namespace Sputnik.Text;

/// <summary>Who speaks.</summary>
public enum ChatRole
{
    /// <summary>Instructions for the whole conversation.</summary>
    System,

    /// <summary>The person.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The result of a function the model asked for.</summary>
    Tool,
}
