namespace Sputnik.Tasks;

/// <summary>The connective words that worked responses share.</summary>
internal enum Word
{
    Check,
    Wait,
    So,
    Ok,
    No,
    First,
}
