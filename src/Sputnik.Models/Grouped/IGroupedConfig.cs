namespace Sputnik.Models;

/// <summary>The configuration of a family whose decoder is a <see cref="GroupedModel"/>.</summary>
public interface IGroupedConfig
{
    /// <summary>Family, as config.json's model_type says it.</summary>
    string Family { get; }

    /// <summary>What other software calls the class, as config.json's architectures says it.</summary>
    string ClassName { get; }

    /// <summary>The shape, or an <see cref="ArgumentException"/> naming the key that cannot be.</summary>
    internal GroupedShape Shape();
}
