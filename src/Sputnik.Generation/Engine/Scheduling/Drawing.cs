using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>What follows a forward pass: every choice of the step moves on, and those whose tokens are all fed draw the next or have their embedding.</summary>
internal sealed class Drawing(RunningBatch running, PageStore pages, Meter meter, int vocabularySize, TimeProvider time)
{
    private readonly DrawChain _chain = new(vocabularySize);
    private readonly TokenMask _mask = new(vocabularySize);

    /// <summary>Moves a choice on by its rows of the step.</summary>
    public void Advance(StepPart part, Tensor hidden, Tensor? logits)
    {
        Choice choice = part.Choice;
        if (choice.Ticket.Ended)
        {
            return;
        }

        int before = choice.Computed;
        choice.Computed += part.Rows;
        try
        {
            if (choice.Ticket.Mean is HiddenMean mean)
            {
                Gather(mean, part, before, hidden);
            }
            else if (logits is Tensor rows && part.Logits > 0)
            {
                Read(part, before, rows);
            }
        }
        catch (Exception failure)
        {
            // Whatever one request's guide, settings or numbers do, the others go on.
            meter.Failed++;
            running.Drop(choice.Ticket, failure, keep: false);
        }
    }

    private void Gather(HiddenMean mean, StepPart part, int before, Tensor hidden)
    {
        for (int row = 0; row < part.Rows; row++)
        {
            mean.Take(before + row, hidden[part.FirstRow + row]);
        }

        if (part.Choice.Pending == 0)
        {
            part.Choice.Ticket.Stream.Embedding = mean.Direction();
            End(part.Choice);
        }
    }

    private void Read(StepPart part, int before, Tensor logits)
    {
        Choice choice = part.Choice;
        Ticket ticket = choice.Ticket;
        for (int row = 0; row < part.Logits; row++)
        {
            if (!DrawChain.Finite(logits[part.FirstLogits + row]))
            {
                throw new InvalidOperationException($"The model's logits at position {choice.Computed - part.Logits + row} are no finite numbers: its weights are damaged or overflow.");
            }
        }

        for (int row = 0; row < part.Logits && ticket.WantsPromptLogits && before + row + 1 < ticket.Prompt.Length; row++)
        {
            int position = before + row + 1;
            ticket.TakePrompt(position, Softmax.LogProb(logits[part.FirstLogits + row], 1, ticket.Prompt[position]));
        }

        if (choice.Pending == 0)
        {
            Draw(choice, logits[part.FirstLogits + part.Logits - 1]);
        }
    }

    private void Draw(Choice choice, ReadOnlySpan<float> logits)
    {
        Ticket ticket = choice.Ticket;
        bool prompt = choice.Count == ticket.Prompt.Length;
        if (prompt)
        {
            pages.Keep(choice);
        }

        if (!prompt || choice.Index != 0)
        {
            Say(choice, logits);
            return;
        }

        // All are forked before one speaks: a choice that ends gives its pages back.
        for (int index = 1; index < ticket.Choices.Count; index++)
        {
            Branch(choice, ticket.Choices[index]);
        }

        for (int index = 0; index < ticket.Choices.Count; index++)
        {
            if (ticket.Choices[index].Kv is not null)
            {
                Say(ticket.Choices[index], logits);
            }
        }
    }

    private void Branch(Choice from, Choice to)
    {
        if (running.Free && pages.TryFork(from, to))
        {
            running.Run(to);
            return;
        }

        // The prompt is paid for, whenever this one begins.
        to.Charged = from.Computed;
        running.Wait(to);
    }

    private void Say(Choice choice, ReadOnlySpan<float> logits)
    {
        choice.Draw(logits, _chain, _mask);
        meter.GeneratedTokens++;
        if (choice.Finish is not null)
        {
            End(choice);
        }
    }

    private void End(Choice choice)
    {
        pages.Keep(choice);
        running.Stop(choice);
        if (--choice.Ticket.Open == 0)
        {
            running.End(choice.Ticket, null);
            meter.Completed++;
            meter.Held(time.GetElapsedTime(choice.Ticket.Began));
        }
    }
}
