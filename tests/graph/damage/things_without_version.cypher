// ghost | State
CREATE (:Thing:State:Actor {key: 'ghost'})
