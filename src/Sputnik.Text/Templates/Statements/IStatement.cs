namespace Sputnik.Text.Templates;

/// <summary>How a statement ends.</summary>
internal enum Flow : byte
{
    Next,
    Break,
    Continue,
}

/// <summary>A part of a template that prints or assigns.</summary>
internal interface IStatement
{
    Flow Execute(Scope scope, TrackedBuilder output);
}
